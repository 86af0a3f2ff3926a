"""`python -m readtheroom`, for where no script was installed."""

from __future__ import annotations

import sys

from readtheroom.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
