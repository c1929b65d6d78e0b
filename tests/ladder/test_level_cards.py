"""`/ladder staff` and its buttons, in the playground's Slack."""

from tests.support.workspace import ANA, BEN, Workspace, plain


async def test_a_level_is_shown_to_the_person_who_asked_alone(workspace: Workspace) -> None:
    said = await workspace.type("/ladder staff")
    assert "Staff Engineer" in said
    assert "Cross-functional collaboration" in said
    assert workspace.messages(BEN) == []
