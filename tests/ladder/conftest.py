"""Tests of ladders run on a copy of the shipped ones, so that each may edit and break its own."""

from pathlib import Path
from typing import Any

import pytest

from tests.ladder.folder import copied_ladders


@pytest.fixture
def ladders(tmp_path: Path) -> Path:
    return copied_ladders(tmp_path)


@pytest.fixture
def settings_more(ladders: Path) -> dict[str, Any]:
    return {"rung_ladders": ladders}
