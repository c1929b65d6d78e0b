"""Words that engineer and manager agreed on stand under the expectation, for these two alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.playground.world import User
from tests.programme.going import fill_in
from tests.programme.test_role_description import COMMON, both
from tests.support.workspace import ANA, BEN, CHANNEL, Workspace, words_of

EVE = User("UEVE", "eve", "Eve Stranger")


@pytest.fixture
async def agreed(team: Workspace) -> Workspace:
    """Ana and Ben agreed on what the first expectation of Staff Engineer means here."""
    team.world.users[EVE.id] = EVE
    team.world.conversations[CHANNEL].members.append(EVE.id)
    await both(team)
    await team.click("Write common words", place=team.dm())
    await fill_in(team, COMMON)
    await team.click("Agreed", BEN, team.dm(BEN))
    return team


@pytest.mark.parametrize(
    "asked", ["staff", "staff technical understanding", "questions staff", "staff by three pillars"]
)
async def test_the_two_who_agreed_see_them_under_the_expectation(agreed: Workspace, asked: str) -> None:
    expectation = f"Here, as you and <@{BEN.id}> agreed:_ {COMMON}"
    assert expectation in await agreed.type(f"/ladder {asked}")
    assert f"Here, as you and <@{ANA.id}> agreed:_ {COMMON}" in await agreed.type(f"/ladder {asked}", BEN)


async def test_nobody_else_sees_them(agreed: Workspace) -> None:
    for asked in ("staff", "staff technical understanding", "questions staff"):
        assert COMMON not in await agreed.type(f"/ladder {asked}", EVE)


async def test_a_card_shared_with_a_channel_goes_without_them(agreed: Workspace) -> None:
    await agreed.type("/ladder staff")
    await agreed.click("Share here")
    public = [words_of(one) for one in agreed.messages(EVE)]
    assert any("Staff Engineer" in said for said in public)
    assert not any(COMMON in said for said in public)
    assert COMMON in "".join(words_of(one) for one in agreed.messages(ANA))


@pytest.mark.parametrize("user", [ANA, BEN], ids=["engineer", "manager"])
async def test_they_go_from_everywhere_once_either_ends_it(agreed: Workspace, user: User) -> None:
    assert COMMON in await agreed.type("/ladder staff")
    await agreed.click("End this", user, agreed.dm(user))
    for reader in (ANA, BEN):
        assert COMMON not in await agreed.type("/ladder staff", reader)


async def test_until_both_said_yes_nothing_stands_there(team: Workspace) -> None:
    await both(team)
    await team.click("Write common words", place=team.dm())
    await fill_in(team, COMMON)
    assert COMMON not in await team.type("/ladder staff")


async def test_changed_words_stand_there_only_once_both_agree_to_them(agreed: Workspace) -> None:
    await agreed.click("Change these words", BEN, agreed.dm(BEN))
    await fill_in(agreed, "Settles <retries> alone", user=BEN)
    assert "agreed:_" not in await agreed.type("/ladder staff")
    await agreed.click("Agreed", place=agreed.dm())
    assert "agreed:_ Settles &lt;retries&gt; alone" in await agreed.type("/ladder staff")


async def test_a_weekly_question_about_the_expectation_quotes_them(agreed: Workspace) -> None:
    dm = agreed.dm()
    await agreed.type("/coach programme stop")  # its next step would be due on the same day
    await agreed.move(datetime(2026, 3, 20, 15, 0, 1, tzinfo=UTC) - agreed.clock())  # the next Friday
    await agreed.settle()
    for _ in range(60):
        if COMMON in (said := await agreed.click("Another question", place=dm)):
            break
    assert f"Here, as you and <@{BEN.id}> agreed: {COMMON}" in said
    assert "?" in said.splitlines()[0]
    assert COMMON in await agreed.click("Nothing this week", place=dm)
