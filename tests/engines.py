"""Every kind of database, for tests that say `both_engines`."""

import pytest

ENGINES = ("sqlite", "postgresql")

both_engines = pytest.mark.parametrize("database", ENGINES, indirect=True)
