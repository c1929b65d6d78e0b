"""Who sees what whom shares: named, asked, confirmed, ended; each in a conversation."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.people.model import PersonId
from bot.people.relation_store import RelationStore
from bot.people.relations import Relation
from bot.playground.world import User
from tests.brag.stranger import Stranger
from tests.support.workspace import ANA, BEN, CHANNEL, Workspace

NAME_BEN = "/coach manager <@UBEN>"
ASK_ANA = "/coach report <@UANA>"
NOOR = User("UNOOR", "noor", "Noor Haddad")


@pytest.fixture(autouse=True)
def people(workspace: Workspace) -> None:
    """Those that some are linked with, and those that nobody can be."""
    others = (
        NOOR,
        User("UGUEST", "gus", "Gus Guest", is_guest=True),
        User("UGONE", "gil", "Gil Gone", deleted=True),
        User("UBOTHER", "boty", "Botty", is_bot=True),
        User("UELSE", "eli", "Eli Elsewhere", team_id="T0002"),
        User("UADMIN", "ada", "Ada Admin", is_admin=True),
    )
    for one in others:
        workspace.world.users[one.id] = one
        workspace.world.conversations[CHANNEL].members.append(one.id)


def heard(workspace: Workspace, user: User = ANA) -> int:
    """How many messages the bot has sent them."""
    return len(workspace.messages(user, workspace.dm(user)))


def dm_of(workspace: Workspace, user: User) -> str:
    return workspace.read(user, workspace.dm(user))


async def get(workspace: Workspace, engineer: User = ANA, other: User = BEN) -> Relation | None:
    person = PersonId(workspace.world.team_id, engineer.id)
    return await workspace.rung.database.read(RelationStore, RelationStore.get, person, other.id)


async def is_linked(workspace: Workspace, engineer: User = ANA, other: User = BEN) -> bool:
    known = await get(workspace, engineer, other)
    return known is not None and known.is_active


# The engineer names someone


async def test_naming_a_manager_counts_at_once_and_says_what_it_shares(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5")
    await workspace.type("/ladder target staff")
    said = await workspace.type(NAME_BEN)
    assert "<@UBEN> is your manager" in said
    assert "your level, Senior Engineer 2, and the one you aim for, Staff Engineer" in said
    assert "what you share: nothing so far" in said
    assert "new entries only once you share them" in said
    assert await is_linked(workspace)


async def test_whoever_is_named_hears_by_whom_and_as_what(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    said = dm_of(workspace, BEN)
    assert "<@UANA> named you as their manager" in said
    assert "what <@UANA> shares with you, and nothing else" in said
    assert "`/agenda @Ana`" in said


async def test_naming_the_same_one_again_changes_and_tells_nothing(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    await workspace.click("Keep my target to myself")
    before = await get(workspace)
    await workspace.type(NAME_BEN)
    assert await get(workspace) == before
    assert heard(workspace, BEN) == 1


async def test_the_shared_entries_are_counted_and_can_be_looked_at(workspace: Workspace) -> None:
    await workspace.type("/brag Shipped the checkout")
    await workspace.click("Share with my manager")
    await workspace.type("/brag Something that nobody else sees")
    said = await workspace.type(NAME_BEN)
    assert "what you share: one entry so far" in said
    listed = await workspace.click("The shared entries")
    assert "Shipped the checkout" in listed
    assert "nobody else sees" not in listed


async def test_the_target_can_be_kept_to_oneself_and_shown_again(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await workspace.type(NAME_BEN)
    said = await workspace.click("Keep my target to myself")
    assert "the one you aim for stays with you" in said
    assert "Staff Engineer" not in said
    assert not (await get(workspace)).shows_target  # type: ignore[union-attr]
    assert "Staff Engineer" in await workspace.click("Show my target")


async def test_what_was_shared_before_can_stay_out_of_sight(workspace: Workspace) -> None:
    await workspace.type("/brag Shipped the checkout")
    await workspace.click("Share with my manager")
    await workspace.move(timedelta(days=1))
    await workspace.type(NAME_BEN)
    today = workspace.clock()
    said = await workspace.click("Only what I share from now on")
    assert f"what you share from {today.day} {today:%B %Y} on: nothing so far" in said
    assert "what you share: one entry so far" in await workspace.click("Everything I shared")


async def test_manager_and_mentor_each_have_a_consent_and_an_end_of_their_own(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    await workspace.click("Keep my target to myself")
    said = await workspace.type("/coach mentor <@UNOOR>")
    assert "<@UNOOR> is your mentor" in said
    assert "named you as their mentor" in dm_of(workspace, NOOR)
    assert (await get(workspace, other=NOOR)).shows_target  # type: ignore[union-attr]
    await workspace.type("/coach manager none")
    assert not await is_linked(workspace)
    assert await is_linked(workspace, other=NOOR)


async def test_manager_alone_says_who_it_is(workspace: Workspace) -> None:
    said = await workspace.type("/coach manager")
    assert "Nobody sees anything of yours as your manager" in said
    await workspace.type(NAME_BEN)
    assert "<@UBEN> is your manager" in await workspace.type("/coach manager")
    assert "Nobody sees anything of yours as your mentor" in await workspace.type("/coach mentor")


@pytest.mark.parametrize(
    "words", ["/coach manager none", "/coach manager end <@UBEN>", "/coach manager end", "button"]
)
async def test_ending_works_at_once_and_the_other_is_not_told(workspace: Workspace, words: str) -> None:
    await workspace.type(NAME_BEN)
    told = heard(workspace, BEN)
    said = await (workspace.click("End it") if words == "button" else workspace.type(words))
    assert "<@UBEN> sees nothing of yours any more, and isn't told" in said
    assert not await is_linked(workspace)
    assert heard(workspace, BEN) == told


async def test_with_several_of_one_role_it_asks_which_to_end(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    await workspace.type("/coach manager <@UNOOR>")
    assert "Which one?" in await workspace.type("/coach manager end")
    assert await is_linked(workspace)
    await workspace.type("/coach manager end <@UNOOR>")
    assert await is_linked(workspace)
    assert not await is_linked(workspace, other=NOOR)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("<@UANA>", "That's you"),
        ("<@UBOT>", "is an app"),
        ("<@UBOTHER>", "is an app"),
        ("<@USLACKBOT>", "is an app"),
        ("<@UGUEST>", "is a guest"),
        ("<@UGONE>", "account of <@UGONE> is closed"),
        ("<@UELSE>", "belongs to another workspace"),
        ("@ben", "Whom do you mean"),
        ("<@UBEN> <@UNOOR>", "Whom do you mean"),
    ],
)
async def test_whoever_cannot_be_linked_is_refused_with_what_to_do(
    workspace: Workspace, named: str, why: str
) -> None:
    workspace.world.users[BEN.id].name = "benny"  # so that the composer makes no mention of `@ben`
    for word in ("manager", "mentor", "report", "mentee"):
        assert why in await workspace.type(f"/coach {word} {named}")
    standing = await workspace.rung.database.read(
        RelationStore, RelationStore.get_standing, PersonId(workspace.world.team_id, ANA.id)
    )
    assert standing == []


async def test_somebody_slack_does_not_know_is_refused(workspace: Workspace) -> None:
    assert "I find nobody" in await workspace.type("/coach manager <@U404>")
    workspace.world.refused.clear()


async def test_a_guest_links_nobody_and_is_told_why(workspace: Workspace) -> None:
    guest = workspace.world.users["UGUEST"]
    assert "You are a guest" in await workspace.type(NAME_BEN, guest)
    assert "You are a guest" in await workspace.type(ASK_ANA, guest)
    assert not await is_linked(workspace, guest)
    assert heard(workspace) == 0


# Somebody else says so


async def test_a_manager_asks_and_nothing_is_shared_before_the_yes(workspace: Workspace) -> None:
    said = await workspace.type(ASK_ANA, BEN)
    assert "nothing is shared without a yes" in said
    asked = dm_of(workspace, ANA)
    assert "<@UBEN> would like to be linked with you in Rung, as your manager" in asked
    assert "your level, the one you aim for, and what you mark as shared (nothing so far)" in asked
    assert not await is_linked(workspace)


async def test_a_mentor_asks_as_a_mentor(workspace: Workspace) -> None:
    await workspace.type("/coach mentee <@UANA>", BEN)
    assert "as your mentor" in dm_of(workspace, ANA)
    await workspace.click("Yes", place=workspace.dm())
    assert "linked as their mentor" in dm_of(workspace, BEN)


async def test_a_yes_links_the_two_and_the_other_hears_of_it(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    said = await workspace.click("Yes", place=workspace.dm())
    assert "<@UBEN> is your manager in Rung" in said
    assert "would like to be linked" not in said
    assert await is_linked(workspace)
    assert "<@UANA> said yes" in dm_of(workspace, BEN)


async def test_a_yes_can_keep_the_target_to_oneself(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    said = await workspace.click("Yes, but keep my target to myself", place=workspace.dm())
    assert "the one you aim for stays with you" in said
    assert not (await get(workspace)).shows_target  # type: ignore[union-attr]


async def test_after_a_no_the_buttons_give_way_and_the_other_hears_nothing(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    told = heard(workspace, BEN)
    said = await workspace.click("No", place=workspace.dm())
    assert "They aren't told, and I won't ask again" in said
    assert workspace.buttons(place=workspace.dm()) == []
    assert heard(workspace, BEN) == told


async def test_whoever_asks_cannot_tell_a_no_from_a_question_that_waits(workspace: Workspace) -> None:
    first = await workspace.type(ASK_ANA, BEN)
    waiting = await workspace.type(ASK_ANA, BEN)
    await workspace.click("No", place=workspace.dm())
    declined = await workspace.type(ASK_ANA, BEN)
    await workspace.type(NAME_BEN)
    await workspace.type("/coach manager none")
    ended = await workspace.type(ASK_ANA, BEN)
    assert first == waiting == declined == ended
    assert heard(workspace) == 1


async def test_of_those_who_are_linked_it_may_be_said(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    assert "are linked already" in await workspace.type(ASK_ANA, BEN)


async def test_after_a_no_the_engineer_alone_can_begin_it(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    await workspace.click("No", place=workspace.dm())
    await workspace.type(NAME_BEN)
    assert await is_linked(workspace)


async def test_taking_a_question_back_and_asking_anew_writes_nobody_twice(workspace: Workspace) -> None:
    for _ in range(3):
        await workspace.type(ASK_ANA, BEN)
        await workspace.type("/coach report end <@UANA>", BEN)
    assert heard(workspace) == 1
    await workspace.type(ASK_ANA, BEN)
    assert heard(workspace) == 1
    await workspace.click("Yes", place=workspace.dm())
    assert await is_linked(workspace)


async def test_after_they_were_linked_whoever_ended_it_may_ask_once_more(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    await workspace.click("Yes", place=workspace.dm())
    await workspace.type("/coach report end <@UANA>", BEN)
    assert not await is_linked(workspace)
    await workspace.type(ASK_ANA, BEN)
    assert "would like to be linked" in dm_of(workspace, ANA)


async def test_a_question_taken_back_cannot_be_said_yes_to(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    await workspace.type("/coach report end <@UANA>", BEN)
    said = await workspace.click("Yes", place=workspace.dm())
    assert "no longer open" in said
    assert not await is_linked(workspace)


async def test_a_no_to_an_old_question_leaves_whom_one_named_oneself(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    await workspace.type(NAME_BEN)
    said = await workspace.click("No", place=workspace.dm())
    assert "<@UBEN> is your manager" in said
    assert await is_linked(workspace)


async def test_a_waiting_question_also_stands_where_one_looks(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    assert "would like to be linked" in await workspace.type("/coach manager")
    await workspace.click("Yes")
    assert await is_linked(workspace)


async def test_the_other_ends_it_from_their_side(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    told = heard(workspace)
    assert "nothing of <@UANA>'s any more" in await workspace.type("/coach report end <@UANA>", BEN)
    assert not await is_linked(workspace)
    assert heard(workspace) == told


async def test_the_other_sees_a_list_of_whom_they_are_linked_with(workspace: Workspace) -> None:
    assert "Nobody has linked you" in await workspace.type("/coach report", BEN)
    await workspace.type(NAME_BEN)
    assert "<@UANA>" in await workspace.type("/coach report", BEN)
    assert "Nobody has linked you" in await workspace.type("/coach mentee", BEN)


async def test_somebody_who_wants_quiet_is_asked_when_it_is_over(workspace: Workspace) -> None:
    await workspace.type("/coach pause 2 days")
    before = heard(workspace)
    await workspace.type(ASK_ANA, BEN)
    assert heard(workspace) == before
    await workspace.move(timedelta(days=3))
    assert "would like to be linked" in dm_of(workspace, ANA)


# Whose word it is


async def test_nobody_else_can_press_the_buttons_of_a_relation(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    message = workspace.messages(place=workspace.dm())[-1]
    buttons = [element for block in message.blocks for element in block.get("elements", [])]
    yes = next(one for one in buttons if one.get("action_id") == "link:yes")
    for value in (yes["value"], "UBEN|UANA", "", "|"):
        await press(workspace, BEN, "link:yes", value)
        await press(workspace, workspace.world.users["UADMIN"], "link:yes", value)
    assert not await is_linked(workspace)


async def press(workspace: Workspace, user: User, action: str, value: str) -> None:
    """A button with a value that was never on one of theirs."""
    block = {"type": "actions", "block_id": "b", "elements": [button(action, value)]}
    message = workspace.world.add_message(
        workspace.dm(user), workspace.world.bot_user_id, "Here", blocks=[block]
    )
    await workspace.slack.act(
        user.id, block_id="b", action_id=action, value={"value": value}, message_ts=message.ts
    )
    await workspace.settle()


def button(action: str, value: str) -> dict[str, object]:
    return {
        "type": "button",
        "action_id": action,
        "value": value,
        "text": {"type": "plain_text", "text": "Press"},
    }


async def test_somebody_of_the_same_id_elsewhere_changes_nothing(workspace: Workspace) -> None:
    await workspace.type(ASK_ANA, BEN)
    elsewhere = Stranger(workspace, ANA.id, "T0002")
    for verb in ("yes", "yes-hidden", "no", "end"):
        await elsewhere.click(f"link:{verb}", "UANA|UBEN")
    known = await get(workspace)
    assert known
    assert known.state == "proposed"
    await workspace.type(NAME_BEN)
    for verb in ("hide", "new", "end"):
        await elsewhere.click(f"link:{verb}", "UANA|UBEN")
    known = await get(workspace)
    assert known
    assert (known.state, known.shows_target, known.sees_from) == ("active", True, None)


async def test_an_admin_is_linked_with_nobody_by_being_one(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    said = await workspace.type("/coach privacy", workspace.world.users["UADMIN"])
    assert ANA.id not in said
    assert "Nobody has linked you" in await workspace.type("/coach report", workspace.world.users["UADMIN"])


async def test_whoever_leaves_is_linked_with_nobody_on_either_side(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    await workspace.type("/coach manager <@UNOOR>", BEN)
    await workspace.type("/coach report <@UADMIN>", BEN)
    await workspace.slack.change_person(BEN.id, deleted=True)
    await workspace.settle()
    assert not await is_linked(workspace)
    assert not await is_linked(workspace, BEN, NOOR)
    waiting = await get(workspace, workspace.world.users["UADMIN"])
    assert waiting
    assert waiting.state == "ended"


async def test_whoever_becomes_a_guest_is_linked_with_nobody(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    await workspace.slack.change_person(ANA.id, is_guest=True)
    await workspace.settle()
    assert not await is_linked(workspace)


async def test_other_changes_of_a_person_end_nothing(workspace: Workspace) -> None:
    await workspace.type(NAME_BEN)
    await workspace.slack.change_person(BEN.id, tz="Asia/Kolkata", title="Director")
    await workspace.settle()
    assert await is_linked(workspace)


async def test_a_yes_and_an_end_at_once_leave_nothing_open(workspace: Workspace) -> None:
    """Whichever comes first, somebody of the two wants it to be over."""
    await workspace.type(ASK_ANA, BEN)
    await asyncio.gather(
        workspace.click("Yes", place=workspace.dm()),
        workspace.type("/coach report end <@UANA>", BEN),
    )
    assert not await is_linked(workspace)


async def test_naming_and_asking_at_once_ends_up_linked(workspace: Workspace) -> None:
    await asyncio.gather(workspace.type(NAME_BEN), workspace.type(ASK_ANA, BEN))
    assert await is_linked(workspace)
