"""“Share here”: a card for everyone in the place, without a word about the person."""

from tests.support.workspace import BEN, Workspace


async def test_everyone_in_the_channel_sees_the_shared_card(workspace: Workspace) -> None:
    await workspace.type("/ladder staff")
    await workspace.click("Share here")
    said = workspace.read(BEN)
    assert said.splitlines()[0] == "<@UANA> looked this up:"
    assert "Cross-functional collaboration" in said


async def test_ones_own_card_says_that_it_is_shared(workspace: Workspace) -> None:
    await workspace.type("/ladder staff")
    await workspace.click("Share here")
    own = workspace.messages()[-2]
    assert own.seen_only_by == "UANA"
    assert "Shared with everyone here." in str(own.blocks)
    assert "Share here" not in str(own.blocks)


async def test_the_shared_card_says_nothing_about_the_person(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target staff")
    await workspace.type("/ladder staff")
    await workspace.click("Share here")
    said = workspace.read(BEN).lower()
    for words in ("your target", "your level", "you are here", "senior engineer 2*", "new against"):
        assert words not in said


async def test_the_shared_card_invites_others_to_see_it_against_their_own_level(
    workspace: Workspace,
) -> None:
    await workspace.type("/ladder current em1", BEN)
    await workspace.type("/ladder staff")
    await workspace.click("Share here")
    assert workspace.buttons(BEN)[0] == "See it against my level"
    await workspace.type("/ladder current ic5", BEN)
    assert "*New against Senior Engineer 2*, your level:" in await workspace.click(
        "See it against my level", BEN
    )


async def test_what_someone_sees_of_a_shared_card_is_theirs_alone(workspace: Workspace) -> None:
    await workspace.type("/ladder staff")
    await workspace.click("Share here")
    seen = len(workspace.messages())
    await workspace.click("See it against my level", BEN)
    assert len(workspace.messages()) == seen


async def test_a_level_that_is_only_named_can_be_shared_too(workspace: Workspace) -> None:
    await workspace.type("/ladder ic7")
    await workspace.click("Share here")
    assert "Senior Staff Engineer" in workspace.read(BEN)
