"""A pytest plugin: the environment ``test`` and its servers, before Django is set up.

Named in ``pyproject.toml`` with ``-p``; a ``conftest.py`` would be read too late.
"""

import os

from crm.platform import environment

os.environ.setdefault("EINKLANG_ENV", "test")
environment.prepare()
