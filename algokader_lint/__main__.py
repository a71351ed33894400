"""``python -m algokader_lint``."""

import sys

from algokader_lint.cli import main

sys.exit(main())
