#!/usr/bin/env python
"""Django's command line for Einklang."""

import os
import sys

from crm.platform import environment
from crm.platform.errors import PlatformError


def main() -> None:
    """Prepare the environment, then run the command named on the command line."""
    try:
        environment.prepare()
    except PlatformError as error:
        sys.exit(str(error))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
