"""JSON that can be printed anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any


def json_text(document: Mapping[str, Any]) -> str:
    """One JSON object, on lines.

    ASCII only, so that it can be printed anywhere; also in the log of a CI runner, to which ``##[`` is a command. Half
    a surrogate pair becomes U+FFFD, for it is no text and a strict reader refuses the whole document (RFC 8259, 8.2).
    """
    text = re.sub("[\ud800-\udfff]", "\ufffd", json.dumps(document, indent=2, ensure_ascii=False))
    text = re.sub(r"[^\x00-\x7f]+", lambda match: json.dumps(match[0])[1:-1], text)
    return text.replace("##[", "#\\u0023[") + "\n"
