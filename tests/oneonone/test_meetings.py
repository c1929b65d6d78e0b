"""“We've met”: notes, action items, what comes back, and how it reads afterwards."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.oneonone.model import AskedOf
from bot.playground.world import User, View
from tests.oneonone.linked import Linked
from tests.support.workspace import ANA, BEN, words_of

LONG = "*<!channel>* & <@UANA|you> `" * 100
PRIVATE = "what only one of the two may read"


async def open_form(linked: Linked, user: User = BEN) -> View:
    text = "/agenda @ana" if user is BEN else "/agenda @ben"
    await linked.workspace.type(text, user)
    await linked.workspace.click("We've met", user)
    return linked.workspace.modal(user)


async def meet(linked: Linked, user: User = BEN, **written: str) -> str:
    """Fill the form in, and what it says then."""
    await linked.workspace.submit(await open_form(linked, user), **written)
    return words_of(linked.workspace.modal(user))


async def asked(linked: Linked) -> list[AskedOf]:
    past = linked.today - timedelta(weeks=9)
    found = await linked.write(lambda store: store.times.get_asked(linked.pair, "manager", past))
    return list(found)


async def test_what_is_agreed_comes_back_on_the_next_agenda(linked: Linked) -> None:
    await linked.link()
    said = await meet(linked, items="@ana: write the doc by friday\nme: ask Dana")
    assert "you and <@UANA> met today" in said
    assert "2 action items" in said
    await linked.workspace.move(timedelta(days=7))
    card = await linked.workspace.type("/agenda @ben")
    assert "<@UANA>: write the doc" in card
    assert "<@UBEN>: ask Dana" in card


async def test_the_other_hears_of_it_and_opens_what_was_noted(linked: Linked) -> None:
    await linked.link()
    await meet(linked, shared="Retries are ours now", private=PRIVATE, items="me: ask Dana")
    workspace = linked.workspace
    told = workspace.read(ANA, workspace.dm())
    assert "<@UBEN> noted that you two met today" in told
    assert "One action item" in told
    assert "Retries" not in told
    seen = await workspace.click("What was noted", ANA, workspace.dm())
    assert "Retries are ours now" in seen
    assert "☐ <@UBEN>: ask Dana" in seen
    assert PRIVATE not in seen
    assert workspace.messages(ANA, workspace.dm())[-1].seen_only_by == ANA.id


async def test_a_meeting_is_named_by_its_day_as_one_writes_it(linked: Linked) -> None:
    await linked.link()
    await linked.met(days_ago=7)
    assert "*Friday, 6 March*" in await linked.workspace.type("/agenda history @ana", BEN)


async def test_private_notes_are_read_by_their_author_alone(linked: Linked) -> None:
    await linked.link()
    await meet(linked, private=PRIVATE)
    workspace = linked.workspace
    assert f"_For your eyes only:_\n>{PRIVATE}" in await workspace.type("/agenda history @ana", BEN)
    for text in ("/agenda history @ben", "/agenda @ben", "/agenda"):
        assert PRIVATE not in await workspace.type(text)


async def test_both_note_one_meeting_and_nothing_of_either_is_lost(linked: Linked) -> None:
    """At the same moment, too."""
    await linked.link()
    forms = [await open_form(linked, user) for user in (ANA, BEN)]
    said = [{"shared": "Ana's view", "items": "write it"}, {"shared": "Ben's view", "items": "read it"}]
    submit = linked.workspace.submit
    await asyncio.gather(*(submit(form, **words) for form, words in zip(forms, said, strict=True)))
    history = await linked.workspace.type("/agenda history @ana", BEN)
    assert history.count("*Today*") == 1
    for words in ("Ana's view", "Ben's view", "<@UANA>: write it", "<@UBEN>: read it"):
        assert words in history


async def test_a_form_that_is_sent_twice_counts_once(linked: Linked) -> None:
    await linked.link()
    form = await open_form(linked)
    as_opened = form.payload
    for _ in range(2):
        linked.workspace.world.update_view(form, as_opened)
        await linked.workspace.submit(form, shared="Once", items="ask Dana")
    history = await linked.workspace.type("/agenda history @ana", BEN)
    assert history.count("Once") == history.count("ask Dana") == 1
    assert len(linked.workspace.messages(ANA, linked.workspace.dm())) == 1


async def test_a_form_sent_again_reopens_nothing(linked: Linked) -> None:
    await linked.link()
    form = await open_form(linked)
    as_opened = form.payload
    await linked.workspace.submit(form, items="ask Dana")
    await linked.workspace.type("/agenda @ana", BEN)
    await linked.workspace.click("Done", BEN)
    linked.workspace.world.update_view(form, as_opened)
    await linked.workspace.submit(form, items="ask Dana")
    assert "ask Dana" not in await linked.workspace.type("/agenda @ana", BEN)


async def test_who_said_they_would_do_it_is_reminded_on_its_day(linked: Linked) -> None:
    await linked.link()
    await meet(linked, items="@ana: write the doc by tomorrow")
    workspace = linked.workspace
    assert "write the doc" not in workspace.read(ANA, workspace.dm())
    await workspace.type("/agenda @ana", BEN)
    await workspace.click("A week later", BEN)
    await workspace.move(timedelta(days=2))
    assert "write the doc" not in workspace.read(ANA, workspace.dm())
    await workspace.move(timedelta(days=7))
    assert "write the doc" in workspace.read(ANA, workspace.dm())


async def test_a_day_to_come_is_not_taken(linked: Linked) -> None:
    await linked.link()
    form = await open_form(linked)
    tomorrow = linked.today + timedelta(days=1)
    place = next(b["element"]["action_id"] for b in form.payload["blocks"] if b["block_id"] == "day")
    values = {"day": {place: {"type": "datepicker", "selected_date": tomorrow.isoformat()}}}
    await linked.workspace.slack.submit(BEN.id, form.id, values)
    assert "still to come" in linked.workspace.modal(BEN).errors["day"]


async def test_topics_that_were_ticked_are_off_the_list(linked: Linked) -> None:
    await linked.link()
    done, left = await linked.bring("Retry limits"), await linked.bring("The reorg")
    form = await open_form(linked)
    block = next(b for b in form.payload["blocks"] if b["block_id"] == "talked")
    option = next(one for one in block["element"]["options"] if one["value"] == done.id)
    ticked = {"type": "checkboxes", "selected_options": [option]}
    await linked.workspace.slack.submit(BEN.id, form.id, {"talked": {"talked": ticked}})
    card = await linked.workspace.type("/agenda @ben")
    assert done.text not in card
    assert left.text in card


async def test_the_question_of_the_day_is_remembered_once(linked: Linked) -> None:
    await linked.link()
    await linked.stand()
    await linked.met()
    await meet(linked)
    await meet(linked, ANA)
    [one] = await asked(linked)
    assert (one.asked_on, one.side, one.ladder) == (linked.today, "manager", "artsy")
    assert one.expectation.startswith("ic6-")


async def test_history_tells_what_became_of_what_was_agreed(linked: Linked) -> None:
    await linked.link()
    workspace = linked.workspace
    for week in range(8):
        await meet(linked, shared=f"Week {week}", items=f"do {week}")
        if week == 6:
            await workspace.type("/agenda @ana", BEN)
            await workspace.click("Drop it", BEN)
        elif week != 7:
            await workspace.type("/agenda @ana", BEN)
            await workspace.click("Done", BEN)
        await workspace.move(timedelta(days=7))
    first = await workspace.type("/agenda history @ana", BEN)
    assert [f"Week {week}" in first for week in range(8)] == [False] * 4 + [True] * 4
    assert first.index("Week 7") < first.index("Week 6") < first.index("Week 5")
    assert "☐ <@UBEN>: do 7" in first
    assert "☒ <@UBEN>: do 6 _(dropped" in first
    assert "☑ <@UBEN>: do 5 _(done" in first
    older = await workspace.click("Older", BEN)
    assert "Week 0" in older
    assert "Week 4" not in older
    assert "Week 7" in await workspace.click("Newer", BEN)


async def test_nothing_is_noted_for_two_who_are_no_longer_linked(linked: Linked) -> None:
    await linked.link()
    form = await open_form(linked)
    await linked.link(state="ended")
    await linked.workspace.submit(form, shared="too late")
    assert "aren't linked" in words_of(linked.workspace.modal(BEN))
    await linked.link()
    assert "too late" not in await linked.workspace.type("/agenda history @ana", BEN)


async def test_long_notes_and_markup_harm_nothing(linked: Linked) -> None:
    await linked.link()
    for user in (ANA, BEN):
        await meet(linked, user, shared=LONG, private=LONG, items="\n".join([LONG[:500]] * 5))
    workspace = linked.workspace
    assert "<!channel>" not in await workspace.type("/agenda history @ana", BEN)
    assert "&lt;!channel&gt;" in await workspace.click("All of it", BEN)
    assert "<!channel>" not in await workspace.type("/agenda @ana", BEN)


# A word of feedback


async def offer(linked: Linked, text: str = "You kept the room calm") -> str:
    return await linked.workspace.type(f"/agenda offer @ana {text}", BEN)


async def test_an_offered_word_is_hers_only_once_she_keeps_it(linked: Linked) -> None:
    await linked.link()
    await linked.stand()
    said = await offer(linked)
    workspace = linked.workspace
    assert "calm" not in await workspace.type("/brag list")
    assert "You kept the room calm" in workspace.read(ANA, workspace.dm())
    await workspace.click("Keep it", ANA, workspace.dm())
    assert "with <@UBEN>" in workspace.read(ANA, workspace.dm())
    assert "calm" in await workspace.type("/brag list")
    assert "calm" not in await workspace.type("/agenda @ana", BEN)
    assert await offer(linked, "And another") == said


async def test_a_no_keeps_nothing_and_is_told_to_nobody(linked: Linked) -> None:
    await linked.link()
    workspace = linked.workspace
    await offer(linked)
    before = len(workspace.messages(BEN, workspace.dm(BEN)))
    await workspace.click("No, thanks", ANA, workspace.dm())
    assert "nothing of it is kept" in workspace.read(ANA, workspace.dm())
    assert "calm" not in await workspace.type("/brag list")
    assert len(workspace.messages(BEN, workspace.dm(BEN))) == before


async def test_it_is_private_also_where_new_entries_are_shared(linked: Linked) -> None:
    await linked.link()
    person, now = linked.pair.engineer_id, linked.now
    await linked.write(lambda store: store.people.change_profile(person, {"shares_new": True}, now))
    await offer(linked)
    await linked.workspace.click("Keep it", ANA, linked.workspace.dm())
    assert "calm" not in await linked.workspace.type("/agenda @ana", BEN)


async def test_it_is_offered_by_a_form_as_well(linked: Linked) -> None:
    await linked.link()
    workspace = linked.workspace
    await workspace.type("/agenda @ana", BEN)
    await workspace.click("Offer a word of feedback", BEN)
    await workspace.submit(workspace.modal(BEN), text=LONG)
    assert "Your words are with <@UANA>" in words_of(workspace.modal(BEN))
    assert "&lt;!channel&gt;" in workspace.read(ANA, workspace.dm())


async def test_an_engineer_offers_nothing_to_their_manager(linked: Linked) -> None:
    await linked.link()
    said = await linked.workspace.type("/agenda offer @ben you are great")
    assert "doesn't report to you" in said
    assert linked.workspace.messages(BEN, linked.workspace.dm(BEN)) == []


async def test_nothing_comes_on_a_day_off(linked: Linked) -> None:
    await linked.link()
    workspace = linked.workspace
    await workspace.type("/coach pause 2 weeks")
    await offer(linked)
    await meet(linked)
    assert workspace.messages(ANA, workspace.dm()) == []
    await workspace.move(timedelta(days=15))
    told = [words_of(one) for one in workspace.messages(ANA, workspace.dm())]
    assert len(told) == 2
