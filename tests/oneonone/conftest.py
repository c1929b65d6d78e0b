"""Ana and Ben, in a workspace of their own."""

import pytest

from tests.oneonone.linked import Linked
from tests.support.workspace import Workspace


@pytest.fixture
def linked(workspace: Workspace) -> Linked:
    return Linked(workspace)
