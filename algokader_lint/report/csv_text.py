"""CSV that Dutch spreadsheets open by themselves: a byte order mark, ``;`` and CRLF.

Formula injection is guarded against after OWASP (owasp.org/www-community/attacks/CSV_Injection): no cell begins with
``=``, ``+``, ``-``, ``@``, a tab, a carriage return or a line feed; nor does what would be a cell if its text were cut
at ``;`` or ``,``, within quotes or not, as a spreadsheet does that takes another separator. The full-width and small
forms of these signs count too, for some spreadsheets read them alike. What would, gets an apostrophe before the sign,
which everybody sees; white space is one space, at the beginning none. Every text stands in double quotes, numbers are
left alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from algokader_lint.report.text import plain

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r'((?:^|[;,])[\s"]*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫])')


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """The text of a file with one table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([[guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return _BYTE_ORDER_MARK + out.getvalue()


def guarded(text: str) -> str:
    """Text of a cell that no spreadsheet takes for a formula: see this module."""
    return _FORMULA.sub(r"\1'", plain(text))
