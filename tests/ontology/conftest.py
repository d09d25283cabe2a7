from pathlib import Path

import pytest
from sea_domain import SEA, write


@pytest.fixture
def sea(tmp_path: Path) -> Path:
    """The file of a whole small domain."""
    return write(tmp_path, SEA)
