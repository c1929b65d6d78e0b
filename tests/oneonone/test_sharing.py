"""Who can see it stands on every card; sharing one entry, all for an expectation, and new ones."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.people.model import PersonId
from bot.people.store import PeopleStore
from tests.support.workspace import ANA, BEN, Workspace, words_of

ENTRY = "/brag Wrote the guide that the whole team now uses for reviews"


def today(workspace: Workspace) -> str:
    now = workspace.clock()
    return f"{now.day} {now:%B}"


@pytest.fixture
async def linked(workspace: Workspace) -> Workspace:
    await workspace.type("/ladder target staff")
    await workspace.type("/coach manager <@UBEN>")
    return workspace


async def test_a_receipt_says_that_it_is_private(linked: Workspace) -> None:
    assert "private to you" in await linked.type(ENTRY)


async def test_a_receipt_says_by_name_who_sees_it_and_since_when(linked: Workspace) -> None:
    await linked.type(ENTRY)
    said = await linked.click("Share with my manager")
    assert f"shared with <@UBEN> since {today(linked)}" in said
    assert "private to you" in await linked.click("Make private")


async def test_everyone_who_sees_it_is_named(linked: Workspace) -> None:
    linked.world.users["UNOOR"] = type(BEN)("UNOOR", "noor", "Noor Haddad")
    await linked.type("/coach mentor <@UNOOR>")
    await linked.type(ENTRY)
    day = today(linked)
    said = await linked.click("Share with my manager")
    assert f"shared with <@UBEN> since {day} and <@UNOOR> since {day}" in said


async def test_while_nobody_is_linked_it_says_how_to(workspace: Workspace) -> None:
    await workspace.type(ENTRY)
    said = await workspace.click("Share with my manager")
    assert "shared, but nobody is linked yet: `/coach manager @…`" in said


async def test_what_was_shared_before_the_link_is_seen_since_the_link(workspace: Workspace) -> None:
    await workspace.type(ENTRY)
    await workspace.click("Share with my manager")
    await workspace.move(timedelta(days=3))
    await workspace.type("/coach manager <@UBEN>")
    assert f"Shared with <@UBEN> since {today(workspace)}" in await workspace.type("/brag list")


async def test_lists_searches_and_whole_entries_say_it_too(linked: Workspace) -> None:
    await linked.type(ENTRY)
    assert "Private to you" in await linked.type("/brag list")
    await linked.click("Share with my manager")
    who = f"hared with <@UBEN> since {today(linked)}"
    assert who in await linked.type("/brag list")
    assert who in await linked.type("/brag search guide")
    assert who in await linked.click("Open")


async def test_what_comes_before_what_they_may_see_is_not_said_to_be_seen(linked: Workspace) -> None:
    await linked.type(ENTRY)
    await linked.click("Share with my manager")
    await linked.move(timedelta(days=1))
    await linked.type("/coach manager")
    await linked.click("Only what I share from now on")
    assert "Shared, but before what anyone linked sees" in await linked.type("/brag list")


async def test_after_an_end_nobody_is_named_any_more(linked: Workspace) -> None:
    await linked.type(ENTRY)
    await linked.click("Share with my manager")
    await linked.type("/coach manager none")
    assert "Shared, but nobody is linked yet" in await linked.type("/brag list")


async def test_of_several_it_says_how_many_are_shared(linked: Workspace) -> None:
    dm = linked.dm()
    await linked.say("This week:\n• shipped the new checkout\n• mentored a new colleague")
    await linked.type("/brag list")
    await linked.click("Open")
    said = await linked.click("Share with my manager")
    assert "1 of them shared with <@UBEN>" in said
    assert dm


# Everything for one expectation


async def keep_two_for_one_expectation(workspace: Workspace) -> None:
    for text in ("Wrote the guide for reviews", "Wrote the guide for reviews again, for another team"):
        await workspace.type(f"/brag {text}")
        message = workspace.messages()[-1]
        buttons = [one for block in message.blocks for one in block.get("elements", [])]
        name = next(one for one in buttons if str(one.get("action_id")).startswith("brag:confirm"))
        await workspace.click(name["text"]["text"])


async def test_all_for_an_expectation_is_shared_after_one_question_that_names_who(linked: Workspace) -> None:
    await keep_two_for_one_expectation(linked)
    await linked.type("/brag coverage")
    await linked.click("Share or take back")
    asked = await linked.click("Share all 2 for this")
    assert "<@UBEN> will see them, word for word" in asked
    assert "Wrote the guide for reviews" in asked
    assert "Private to you" in await linked.type("/brag list")
    await linked.click("Share 2")
    assert any("2 entries are shared with <@UBEN>" in words_of(message) for message in linked.messages())
    assert (await linked.type("/brag list")).count("Shared with <@UBEN>") == 2


async def test_it_can_be_left_and_taken_back_at_once(linked: Workspace) -> None:
    await keep_two_for_one_expectation(linked)
    await linked.type("/brag coverage share")
    await linked.click("Share all 2 for this")
    assert "private to you" in await linked.click("Leave it")
    await linked.click("Share all 2 for this")
    await linked.click("Share 2")
    assert "2 entries are private to you again" in await linked.click("Make private")
    assert "Shared" not in await linked.type("/brag list")


async def test_what_came_since_the_question_is_not_shared_unseen(linked: Workspace) -> None:
    await keep_two_for_one_expectation(linked)
    await linked.type("/brag coverage share")
    await linked.click("Share all 2 for this")
    await linked.type("/brag Wrote the guide for reviews, a third time")
    message = linked.messages()[-1]
    buttons = [one for block in message.blocks for one in block.get("elements", [])]
    name = next(one for one in buttons if str(one.get("action_id")).startswith("brag:confirm"))
    await linked.click(name["text"]["text"])
    await linked.click("Share 2")
    assert any("Share these 3 entries" in words_of(message) for message in linked.messages())
    assert "Shared" not in await linked.type("/brag list")


async def test_with_nothing_to_share_it_says_so(linked: Workspace) -> None:
    assert "nothing to share by expectation" in await linked.type("/brag coverage share")


# New ones


async def shares_new(workspace: Workspace) -> bool:
    person = PersonId(workspace.world.team_id, ANA.id)
    profile = await workspace.rung.database.read(PeopleStore, PeopleStore.get_profile, person)
    return profile is not None and profile.shares_new


async def test_sharing_new_ones_by_default_says_what_that_means(linked: Workspace) -> None:
    said = await linked.type("/coach share new entries on")
    assert "<@UBEN>" in said
    assert "as soon as" in said
    assert await shares_new(linked)
    kept = await linked.type(ENTRY)
    assert f"shared with <@UBEN> since {today(linked)}" in kept


async def test_what_was_kept_before_stays_private(linked: Workspace) -> None:
    await linked.type(ENTRY)
    await linked.type("/coach share new entries on")
    assert "Private to you" in await linked.type("/brag list")


async def test_no_longer_sharing_new_ones_takes_nothing_back_and_says_so(linked: Workspace) -> None:
    await linked.type("/coach share new entries on")
    await linked.type(ENTRY)
    said = await linked.type("/coach share new entries off")
    assert "stays shared" in said
    assert not await shares_new(linked)
    assert "Shared with <@UBEN>" in await linked.type("/brag list")
    assert "private to you" in await linked.type("/brag Something else that I did")


async def test_an_old_brag_document_is_private_also_for_whom_new_ones_are_not(linked: Workspace) -> None:
    await linked.type("/coach share new entries on")
    await linked.say("# 2025\n## March\n- one thing\n- another thing\n## Q3\n- a third thing\n")
    await linked.click("Keep all 3", place=linked.dm())
    assert "Shared" not in await linked.type("/brag list")


async def test_the_form_begins_with_what_is_usual(linked: Workspace) -> None:
    await linked.type("/coach share new entries on")
    await linked.type("/brag")
    chosen = [
        block["element"].get("initial_option", {}).get("value")
        for block in linked.modal().payload["blocks"]
        if block.get("block_id") == "visibility"
    ]
    assert chosen == ["shared"]


async def test_share_with_other_words_says_how(linked: Workspace) -> None:
    assert "`/coach share new entries on`" in await linked.type("/coach share everything")
