"""``python -m wirewatch.cli``."""

import sys

from wirewatch.cli import main

sys.exit(main())
