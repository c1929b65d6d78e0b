"""What an expectation means on one team: written apart, seen side by side, agreed on."""

from __future__ import annotations

from functools import partial

import pytest

from bot.people.model import PersonId
from bot.playground.world import Json, Message, User
from bot.programme.meaning.store import MeaningStore
from bot.storage.vault import Vault, read_keys
from tests.brag.stranger import Stranger
from tests.programme.going import answer, asked, fill_in, labels_of, newest, pass_days
from tests.support.workspace import ANA, BEN, KEY, Workspace, words_of

MINE, THEIRS, COMMON = (
    "Decides how retries work",
    "Gets the four squads to agree",
    "Settles retries with all four",
)
STEP = "What it means here"


async def write_mine(team: Workspace, text: str = MINE) -> None:
    """Come to the step, choose one expectation and write what it means."""
    await team.type("/ladder target staff")
    await team.type("/coach programme role description")
    await pass_days(team, 2)
    await team.click("Choose and write", place=team.dm())
    view = team.modal()
    menu = next(block for block in view.payload["blocks"] if block["type"] == "input")
    chosen = {"selected_options": menu["element"]["options"][:1]}
    await team.slack.submit(ANA.id, view.id, {menu["block_id"]: {"choose": chosen}})
    await fill_in(team, text)


async def show_to(team: Workspace, user: User) -> dict[str, str]:
    await team.click("Show it to my manager", place=team.dm())
    chosen = {"manager": {"choose": {"selected_users": [user.id]}}}
    errors = await team.slack.submit(ANA.id, team.modal().id, chosen)
    await team.settle()
    return errors


async def write_theirs(team: Workspace, text: str = THEIRS) -> None:
    await team.click("Write my version", BEN, team.dm(BEN))
    await fill_in(team, text, user=BEN)


async def both(team: Workspace) -> None:
    await write_mine(team)
    await show_to(team, BEN)
    await write_theirs(team)


def meanings(team: Workspace) -> dict[str, str]:
    store = partial(MeaningStore, Vault(read_keys(KEY)))
    ana = PersonId(team.world.team_id, ANA.id)
    found = team.rung.database.read_now(store, MeaningStore.get_agreed, ana, "artsy")
    return {one.expectation: one.common for one in found}


def buttons_of(message: Message) -> list[Json]:
    elements = [element for block in message.blocks for element in block.get("elements", [])]
    return [element for element in elements if element["type"] == "button"]


def seen(team: Workspace, user: User) -> str:
    """Everything in their DM with the bot."""
    return "\n".join(words_of(one) for one in team.messages(user, team.dm(user)))


async def test_what_one_writes_is_the_answer_of_the_step(team: Workspace) -> None:
    await write_mine(team)
    assert MINE in words_of(asked(team, STEP))
    assert "Now it's your manager's turn" in seen(team, ANA)


async def test_the_manager_writes_without_seeing_the_engineers_words(team: Workspace) -> None:
    await write_mine(team)
    await show_to(team, BEN)
    assert f"<@{ANA.id}>" in words_of(newest(team, BEN))
    assert MINE not in seen(team, BEN)
    await team.click("Write my version", BEN, team.dm(BEN))
    assert MINE not in str(team.modal(BEN).payload)


async def test_once_both_have_written_both_see_both(team: Workspace) -> None:
    await both(team)
    for user in (ANA, BEN):
        shown = words_of(newest(team, user))
        assert MINE in shown
        assert THEIRS in shown


async def test_agreed_words_stand_once_both_have_said_yes(team: Workspace) -> None:
    await both(team)
    await team.click("Write common words", place=team.dm())
    await fill_in(team, COMMON)
    assert meanings(team) == {}
    assert "Agreed" in labels_of(newest(team, BEN))
    await team.click("Agreed", BEN, team.dm(BEN))
    assert list(meanings(team).values()) == [COMMON]
    assert "Agreed between you" in words_of(newest(team, ANA))


async def test_changed_words_are_agreed_on_anew(team: Workspace) -> None:
    await both(team)
    await team.click("Write common words", place=team.dm())
    await fill_in(team, COMMON)
    await team.click("Agreed", BEN, team.dm(BEN))
    await team.click("Change these words", BEN, team.dm(BEN))
    await fill_in(team, "Settles retries", user=BEN)
    assert meanings(team) == {}
    assert "Settles retries" in words_of(newest(team, ANA))


async def test_each_may_change_their_own_version(team: Workspace) -> None:
    await both(team)
    await team.click("Change my version", BEN, team.dm(BEN))
    await fill_in(team, "Gets everybody to agree", user=BEN)
    assert "Gets everybody to agree" in words_of(newest(team, ANA))
    assert THEIRS not in seen(team, ANA)


@pytest.mark.parametrize("user", [ANA, BEN], ids=["engineer", "manager"])
async def test_either_may_end_it_and_it_ends_at_once(team: Workspace, user: User) -> None:
    await both(team)
    await team.click("Write common words", place=team.dm())
    await fill_in(team, COMMON)
    await team.click("Agreed", BEN, team.dm(BEN))
    await team.click("End this", user, team.dm(user))
    assert meanings(team) == {}
    assert MINE not in seen(team, BEN)
    assert THEIRS not in seen(team, ANA)
    assert MINE in seen(team, ANA)


async def test_better_words_leave_the_question_to_the_manager_open(team: Workspace) -> None:
    await write_mine(team)
    await show_to(team, BEN)
    await team.click("Change my answer", place=team.dm())
    await team.click("Choose and write", place=team.dm())
    await team.slack.submit(ANA.id, team.modal().id, {})
    await fill_in(team, "Decides how retries and timeouts work")
    await write_theirs(team)
    assert "retries and timeouts" in words_of(newest(team, BEN))


async def test_somebody_else_who_is_asked_takes_the_managers_place(team: Workspace) -> None:
    await write_mine(team)
    await show_to(team, BEN)
    assert "manager" in await show_to(team, ANA)
    await show_to(team, BEN)
    assert "This has ended" in seen(team, BEN)
    await write_theirs(team)
    assert MINE in words_of(newest(team, BEN))


async def test_nobody_else_gets_anything_by_the_buttons(team: Workspace) -> None:
    await both(team)
    await team.click("Write common words", place=team.dm())
    await fill_in(team, COMMON)
    team.world.users["UEVE"] = User("UEVE", "eve", "Eve Stranger")
    eve = Stranger(team, "UEVE", team.world.team_id)
    pressed = [button for user in (ANA, BEN) for button in buttons_of(newest(team, user))]
    assert len(pressed) >= 5
    for button in pressed:
        await eve.click(button["action_id"], button["value"])
    assert team.world.modal("UEVE") is None
    assert meanings(team) == {}
    assert COMMON in words_of(newest(team, ANA))


async def test_a_reply_to_the_comparison_is_not_kept_as_something_else(team: Workspace) -> None:
    await both(team)
    message = newest(team, BEN)
    await team.reply("I meant something else", message.ts, user=BEN)
    assert "kept nothing" in words_of(team.thread(message.ts)[-1])


async def test_without_a_level_it_says_what_to_do_first(team: Workspace) -> None:
    await team.type("/coach programme role description")
    await pass_days(team, 2)
    assert "/ladder target" in await team.click("Choose and write", place=team.dm())


async def test_a_written_answer_will_do_as_well(team: Workspace) -> None:
    await team.type("/coach programme role description")
    await pass_days(team, 2)
    await answer(team, STEP, "I settle retries")
    assert "I settle retries" in words_of(asked(team, STEP))


async def test_common_words_that_the_other_wrote_meanwhile_are_shown_before_they_are_replaced(
    team: Workspace,
) -> None:
    await both(team)
    for user in (ANA, BEN):
        await team.click("Write common words", user, team.dm(user))
    await fill_in(team, COMMON)
    await fill_in(team, "Gets everybody to sign", user=BEN)
    assert COMMON in words_of(newest(team, BEN))
    form = team.modal(BEN)
    assert COMMON in words_of(form)
    assert "Gets everybody to sign" in str(form.payload)
    await fill_in(team, f"{COMMON}, and everybody signs", user=BEN)
    assert "everybody signs" in words_of(newest(team))
