"""A workspace in which people go through programmes."""

from __future__ import annotations

import pytest

from tests.support.workspace import Workspace


@pytest.fixture
def team(workspace: Workspace) -> Workspace:
    return workspace
