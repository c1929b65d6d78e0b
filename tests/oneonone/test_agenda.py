"""`/agenda`: one list for two people, opened by either, and by nobody else."""

from __future__ import annotations

from datetime import timedelta

from bot.oneonone.model import Access
from bot.people.relations import RelationState
from bot.playground.world import User
from tests.oneonone.linked import Linked
from tests.support.workspace import ANA, BEN, words_of

CY = User("UCY", "cy", "Cy Ito")
LONG = "*<!channel>* & <@UANA|you> `" * 1_500  # 40,000 characters and markup
SECRET = "what nobody else may read"
LOOKS = ("/agenda @ana", "/agenda case @ana", "/agenda history @ana")
REFUSED: tuple[RelationState, ...] = ("proposed", "declined", "ended")


async def looks(linked: Linked) -> list[Access]:
    found = await linked.write(lambda store: store.accesses.get(linked.pair.engineer_id))
    return list(found)


async def set_up(linked: Linked) -> None:
    """A usual week: a topic, an item, a win, and things that are private."""
    await linked.link()
    await linked.stand()
    await linked.met()
    await linked.meet_on()
    await linked.bring("Who decides on retry limits?")
    await linked.bring(SECRET, shared=False)
    await linked.agree("ask Dana about the budget")
    await linked.write_entry("Presented to the leadership round", speaks_for=(("communication", ""),))
    await linked.write_entry(SECRET, shared=False)


async def test_a_manager_reads_what_to_talk_about(linked: Linked) -> None:
    await set_up(linked)
    said = await linked.workspace.type("/agenda @ana", BEN)
    lines = [line for line in said.split("\n") if line.startswith("*1") or line[1:2].isdigit()]
    assert "Tuesday, 17 March at 10:00" in lines[0]
    assert [line[1:2] for line in lines[1:]] == ["1", "2", "3", "4", "5"]
    assert "Who decides on retry limits?" in said
    assert "<@UBEN>: ask Dana about the budget" in said
    assert "Speaks for *Communication*" in said
    assert "Staff Engineer" in said


async def test_both_open_the_very_same_list(linked: Linked) -> None:
    await set_up(linked)
    theirs = await linked.workspace.type("/agenda @ana", BEN)
    own = await linked.workspace.type("/agenda @ben")
    the_list = theirs.partition("We've met")[0]
    assert own.startswith(the_list.strip())
    seen = await linked.workspace.click("See as my manager")
    assert seen.endswith(the_list.strip())
    assert "This is what <@UBEN> sees" in seen


async def test_nothing_private_is_ever_on_it(linked: Linked) -> None:
    await set_up(linked)
    await linked.bring(f"Ben: {SECRET}", BEN.id, shared=False)
    workspace = linked.workspace
    for text in ("/agenda @ana", "/agenda", "/agenda case @ana", "/agenda history @ana"):
        said = await workspace.type(text, BEN)
        assert SECRET not in said.replace(f"Ben: {SECRET}", "")
    assert f"Ben: {SECRET}" not in await workspace.type("/agenda @ben")
    assert f"Ben: {SECRET}" not in await workspace.click("See as my manager")


async def test_ones_own_private_topics_stand_apart_and_can_be_shared(linked: Linked) -> None:
    await set_up(linked)
    workspace = linked.workspace
    said = await workspace.type("/agenda @ben")
    assert said.index("For your eyes only") < said.index(SECRET)
    said = await workspace.click("Share")
    assert "For your eyes only" not in said
    assert SECRET in await workspace.type("/agenda @ana", BEN)


async def test_each_look_of_the_other_is_noted_and_none_of_ones_own(linked: Linked) -> None:
    await set_up(linked)
    workspace = linked.workspace
    await workspace.type("/agenda @ben")
    await workspace.type("/agenda case")
    assert await looks(linked) == []
    for text in LOOKS:
        await workspace.type(text, BEN)
    assert {(one.viewer, one.what) for one in await looks(linked)} == {
        (BEN.id, "agenda"),
        (BEN.id, "case"),
        (BEN.id, "history"),
    }


async def test_whoever_is_not_linked_gets_the_same_words_whatever_the_reason(linked: Linked) -> None:
    workspace = linked.workspace
    refusals = [await workspace.type("/agenda @ana", BEN)]
    await set_up(linked)
    for state in REFUSED:
        await linked.link(state=state)
        refusals += [await workspace.type(text, BEN) for text in (*LOOKS, "/agenda offer @ana hi")]
    assert len(set(refusals)) == 1
    assert "aren't linked in Rung" in refusals[0]
    assert workspace.buttons(BEN) == ["Ask Ana", "Suggestions from the ladder"]
    assert await looks(linked) == []


async def test_buttons_of_an_old_card_do_nothing_once_it_has_ended(linked: Linked) -> None:
    await set_up(linked)
    workspace = linked.workspace
    for label in ("Done", "Talked about", "The entry", "Promotion case", "History", "Send to Ana"):
        await linked.link()
        await workspace.type("/agenda @ana", BEN)
        await linked.link(state="ended")
        assert "aren't linked" in await workspace.click(label, BEN)
    assert workspace.messages(ANA, workspace.dm()) == []
    await linked.link()
    assert "ask Dana" in await workspace.type("/agenda @ana", BEN)


async def test_nobody_else_can_press_the_buttons_of_a_pair(linked: Linked) -> None:
    await set_up(linked)
    workspace = linked.workspace
    workspace.world.users[CY.id] = CY
    workspace.world.conversations["CGENERAL"].members.append(CY.id)
    await workspace.type("/agenda @ana", CY)
    message = workspace.messages(CY)[-1]
    button = message.blocks[-1]["elements"][0]
    for action in ("agenda:open", "agenda:case", "agenda:all", "agenda:send", "met:history", "met:new"):
        button["action_id"], button["value"] = action, "UANA|UBEN"
        await workspace.slack.act(
            CY.id,
            block_id=message.blocks[-1]["block_id"],
            action_id=action,
            value={"value": button["value"]},
            message_ts=message.ts,
        )
        await workspace.settle()
        assert "aren't linked" in workspace.read(CY)
    assert await looks(linked) == []


async def test_someone_not_linked_can_ask(linked: Linked) -> None:
    workspace = linked.workspace
    await workspace.type("/agenda @ana", BEN)
    said = await workspace.click("Ask Ana", BEN)
    assert "nothing is shared without a yes" in said
    assert "would like to be linked" in workspace.read(ANA, workspace.dm())


async def test_an_item_is_closed_by_a_click_of_either_and_twice_is_once(linked: Linked) -> None:
    await set_up(linked)
    workspace = linked.workspace
    await workspace.type("/agenda @ana", BEN)
    await workspace.type("/agenda @ben")
    assert "ask Dana" not in await workspace.click("Done")
    assert "ask Dana" not in await workspace.click("Done", BEN)
    assert workspace.buttons(BEN).count("Done") == 0


async def test_an_item_can_wait_a_week_or_be_dropped(linked: Linked) -> None:
    await set_up(linked)
    workspace = linked.workspace
    await workspace.type("/agenda @ana", BEN)
    later = linked.today + timedelta(weeks=1)
    assert f"due {later:%A}, {later.day} {later:%B}" in await workspace.click("A week later", BEN)
    assert "ask Dana" not in await workspace.click("Drop it", BEN)


async def test_what_was_talked_about_leaves_the_list(linked: Linked) -> None:
    await set_up(linked)
    await linked.workspace.type("/agenda @ana", BEN)
    assert "retry limits" not in await linked.workspace.click("Talked about", BEN)


async def test_adding_an_item_for_both_puts_it_on_the_list(linked: Linked) -> None:
    await set_up(linked)
    workspace = linked.workspace
    await workspace.type("/agenda @ana", BEN)
    await workspace.click("Add an item", BEN)
    form = workspace.modal(BEN)
    await workspace.submit(form, text="The reorg in April")
    assert "on the list for both" in words_of(workspace.modal(BEN))
    assert "The reorg in April" in await workspace.type("/agenda @ben")


async def test_sending_it_puts_the_list_into_the_engineers_dm(linked: Linked) -> None:
    await set_up(linked)
    workspace = linked.workspace
    await workspace.type("/agenda @ana", BEN)
    await workspace.click("Send to Ana", BEN)
    await workspace.click("Send to Ana", BEN)
    sent = [words_of(one) for one in workspace.messages(ANA, workspace.dm())]
    assert len(sent) == 1
    assert "sends you the agenda" in sent[0]
    assert "retry limits" in sent[0]
    assert SECRET not in sent[0]


async def test_words_without_a_slash_are_answered_by_a_button_that_opens_it(linked: Linked) -> None:
    """In the DM an answer would stay for good."""
    await set_up(linked)
    workspace = linked.workspace
    await workspace.say("agenda <@UANA>", BEN)
    said = workspace.read(BEN, workspace.dm(BEN))
    assert "opens for your eyes only" in said
    assert "retry" not in said
    assert "retry limits" in await workspace.click("Open it", BEN, workspace.dm(BEN))
    assert workspace.messages(BEN, workspace.dm(BEN))[-1].seen_only_by == BEN.id


async def test_an_occasion_is_named_or_chosen_and_stays_on_the_card(linked: Linked) -> None:
    await set_up(linked)
    workspace = linked.workspace
    said = await workspace.type("/agenda @ana before review", BEN)
    assert "Before a review" in said
    assert "Before anything is written" in said
    assert "Before anything is written" in await workspace.click("Done", BEN)
    assert "I don't know the occasion" in await workspace.type("/agenda @ana on the moon", BEN)


async def test_with_nothing_shared_it_says_so_kindly(linked: Linked) -> None:
    await linked.link()
    await linked.stand()
    said = await linked.workspace.type("/agenda @ana", BEN)
    assert "Ana has shared nothing yet" in said
    assert "Off Ana's plate" in said


async def test_a_target_kept_private_is_nowhere(linked: Linked) -> None:
    await linked.link(shows_target=False)
    await linked.stand()
    await linked.met()
    for text in ("/agenda @ana", "/agenda case @ana"):
        said = await linked.workspace.type(text, BEN)
        assert "Staff" not in said
        assert "Senior Engineer 2" in said


async def test_alone_it_shows_the_next_ones_and_what_one_brings(linked: Linked) -> None:
    await set_up(linked)
    await linked.agree("write the doc", ANA.id)
    said = await linked.workspace.type("/agenda")
    assert "*<@UBEN>* · Tuesday, 17 March at 10:00" in said
    assert "You bring: Who decides on retry limits?" in said
    assert f"Only you see it so far: {SECRET}" in said
    assert "You said you would: write the doc" in said
    reports = await linked.workspace.type("/agenda", BEN)
    assert "*<@UANA>* · Tuesday, 17 March at 10:00" in reports
    assert "retry" not in reports
    assert "retry limits" in await linked.workspace.click("Open the agenda", BEN)


async def test_alone_and_linked_with_nobody_it_says_how_to_begin(linked: Linked) -> None:
    said = await linked.workspace.type("/agenda")
    assert "/coach manager @ben" in said


async def test_for_a_step_there_are_suggestions_with_nobody_in_them(linked: Linked) -> None:
    workspace = linked.workspace
    said = await workspace.type("/agenda ic5 to staff")
    assert "*Senior Engineer 2* (IC5) → *Staff Engineer* (IC6)" in said
    assert "From one team to several" in said
    assert said.count("• “") == 3
    assert "which one do you mean" in (await workspace.type("/agenda senior to staff")).lower()
    assert "→ *Staff Engineer*" in await workspace.click("Senior Engineer 1")
    assert "*Staff Engineer* (IC6)" in await workspace.type("/agenda staf")


async def test_help_and_unknown_words_are_answered_with_examples(linked: Linked) -> None:
    assert "/agenda ic5 to staff" in await linked.workspace.type("/agenda help")
    assert (await linked.workspace.type("/agenda qwxzy blah")).count("• `/agenda") == 3


async def test_the_case_counts_shared_evidence_and_names_it(linked: Linked) -> None:
    await linked.link()
    await linked.stand()
    proof = (("communication", "ic6-unambiguous"), ("team-impact", "ic6-roadmap-ideas"))
    await linked.write_entry("Explained the outage to sales", speaks_for=proof[:1], reach="teams")
    await linked.write_entry("Changed the roadmap", speaks_for=proof[1:], reach="me")
    await linked.write_entry(SECRET, shared=False, speaks_for=proof)
    theirs = await linked.workspace.type("/agenda case @ana", BEN)
    assert "*2 of 38 expectations* have shared evidence" in theirs
    assert "1 of these has evidence that went that far" in theirs
    assert "Explained the outage to sales" in theirs
    assert "so far within one's own work" in theirs
    assert "From one team to several" in theirs
    assert "%" not in theirs
    assert SECRET not in theirs
    assert await linked.workspace.type("/agenda case") == theirs


async def test_long_words_and_markup_harm_nothing(linked: Linked) -> None:
    await linked.link()
    await linked.stand()
    await linked.met()
    for _ in range(3):
        await linked.bring(LONG)
        await linked.agree(LONG, ANA.id)
        await linked.write_entry(LONG, speaks_for=(("communication", ""),))
    workspace = linked.workspace
    for text, user in (
        ("/agenda @ana", BEN),
        ("/agenda", ANA),
        ("/agenda case @ana", BEN),
        (f"/agenda {LONG[:800]}", ANA),
    ):
        assert "<!channel>" not in await workspace.type(text, user)
    await workspace.type("/agenda @ana", BEN)
    assert "&lt;!channel&gt;" in await workspace.click("Read all of it", BEN)
    await workspace.type("/agenda @ana", BEN)
    assert "<!channel>" not in await workspace.click("Show everything", BEN)
