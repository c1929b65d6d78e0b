"""The page in a real browser: what a person types and clicks reaches the bot, and its answer the page."""

from pathlib import Path
from typing import Any

import pytest

from bot.playground.world import Json
from tests.playground.page_bot import EVERYTHING, SEVERAL, Heard, answer_with, labelled
from tests.playground.stage import ANA, BEN, GENERAL, Stage, actions, home, section
from tests.support.browser import Arrive

pytestmark = pytest.mark.browser


async def test_a_command_is_answered_with_every_kind_of_block(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, EVERYTHING)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    for words in (
        "Only visible to you",
        "Staff Engineer",
        "Level five of seven",
        "@Ben Okri",
        "2 of 3",
        "Coverage by quarter",
        "Rich words",
    ):
        await ana.sees(words)


async def test_a_click_reaches_the_bot_and_its_answer_the_page(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, EVERYTHING)

    @stage.bot.action("compare")
    async def compare(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Here is what differs", replace_original=True)

    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    await ana.clicks("Compare with my level")
    await ana.sees("Here is what differs")
    await ana.does_not_see("Staff Engineer")


async def test_choices_in_a_message_are_told_at_once(stage: Stage, arrive: Arrive) -> None:
    heard = Heard(stage)
    answer_with(stage, EVERYTHING)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    await ana.chooses("Choose a level", "Staff")
    assert (await heard.next_action())["selected_option"]["value"] == "staff"
    await ana.chooses("Competencies", "Senior", "Principal")
    chosen = (await heard.next_action())["selected_options"]
    assert [each["value"] for each in chosen] == ["senior", "principal"]
    await ana.fills("Day", "2026-05-04")
    assert (await heard.next_action())["selected_date"] == "2026-05-04"
    await ana.clicks("More actions")
    await ana.clicks("Senior")
    assert (await heard.next_action())["selected_option"]["value"] == "senior"


async def test_a_list_stays_open_when_its_message_changes(stage: Stage, arrive: Arrive) -> None:
    heard = Heard(stage)
    ts = await stage.post("Choose", GENERAL, blocks=[section("Before"), SEVERAL])
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.clicks("Competencies")
    await ana.chooses_open("Senior")
    blocks = [section("After"), SEVERAL]
    await stage.call("chat.update", channel=GENERAL, ts=ts, text="Choose", blocks=blocks)
    await ana.sees("After")
    await ana.chooses_open("Principal")
    await ana.presses("Escape")
    chosen = (await heard.next_action())["selected_options"]
    assert [each["value"] for each in chosen] == ["senior", "principal"]


async def test_what_can_be_done_to_a_message_stays_open_when_it_changes(stage: Stage, arrive: Arrive) -> None:
    ts = await stage.post("Before", GENERAL)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.acts_on("Before", "Message actions")
    await stage.call("chat.update", channel=GENERAL, ts=ts, text="After")
    await ana.sees("After")
    await ana.sees("Save to my brag doc")


async def test_a_button_held_down_while_its_message_changes_is_still_clicked(
    stage: Stage, arrive: Arrive
) -> None:
    heard = Heard(stage)
    press = actions(labelled("press", "Press"))
    ts = await stage.post("Choose", GENERAL, blocks=[section("Before"), press])
    ana = await arrive(stage.base_url, ANA, GENERAL)
    fetched = "performance.getEntriesByName(location.href, 'resource').length"
    before = await ana.reads(fetched)
    async with ana.holds_down("Press"):
        await stage.call(
            "chat.update", channel=GENERAL, ts=ts, text="Choose", blocks=[section("After"), press]
        )
        await ana.waits_for(f"{fetched} > {before}")
    assert (await heard.next_action())["action_id"] == "press"
    await ana.sees("After")


async def test_a_dangerous_click_is_only_told_once_confirmed(stage: Stage, arrive: Arrive) -> None:
    heard = Heard(stage)
    answer_with(stage, EVERYTHING)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    await ana.clicks("Remove")
    await ana.sees("It is gone then.")
    await ana.clicks("Keep it")
    await ana.clicks("Compare with my level")
    assert (await heard.next_action())["action_id"] == "compare"
    await ana.clicks("Remove")
    await ana.clicks("Yes, remove")
    assert (await heard.next_action())["action_id"] == "remove"


async def test_a_click_that_failed_says_so(stage: Stage, arrive: Arrive) -> None:
    await stage.post("Press it", GENERAL, blocks=[actions(labelled("unheard", "Press"))])
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.clicks("Press")
    await ana.sees("That didn't work. Try again.")


async def test_a_long_section_is_folded(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, EVERYTHING)
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("/ladder staff")
    await ana.sees("See more")
    height = "document.querySelector('.fold-text').clientHeight"
    folded = await ana.reads(height)
    await ana.clicks("See more")
    await ana.sees("See less")
    assert await ana.reads(height) > folded


async def test_home_shows_what_the_bot_publishes_when_it_is_opened(stage: Stage, arrive: Arrive) -> None:
    heard = Heard(stage)

    @stage.bot.event("app_home_opened")
    async def publish(event: Json) -> None:
        blocks = [section("Where you stand"), actions(labelled("go", "Change the rhythm"))]
        await stage.client.views_publish(user_id=event["user"], view=home(*blocks))

    ana = await arrive(stage.base_url, ANA)
    await ana.opens_home()
    await ana.sees("Where you stand")
    await ana.clicks("Change the rhythm")
    assert (await heard.next())["view"]["type"] == "home"


async def test_new_messages_appear_and_the_draft_stays(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.fills("Message #general", "half a thought")
    await stage.post("Good morning", GENERAL)
    await ana.sees("Good morning")
    assert await ana.reads("document.querySelector('#composer').value") == "half a thought"


async def test_the_list_stays_at_its_end_when_messages_come(stage: Stage, arrive: Arrive) -> None:
    for number in range(40):
        stage.world.add_message(GENERAL, BEN, f"Line {number}")
    ana = await arrive(stage.base_url, ANA, GENERAL)
    stage.world.add_message(GENERAL, BEN, "The newest line")
    await ana.sees("The newest line")
    rest = "(list => list.scrollHeight - list.scrollTop - list.clientHeight)(document.querySelector('.log'))"
    assert await ana.reads(rest) < 2


async def test_commands_are_completed_by_keyboard(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, [section("The ladder")])
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.fills("Message #general", "/")
    await ana.sees("Looks up a level")
    await ana.presses("ArrowDown", "ArrowUp", "Tab")
    assert await ana.reads("document.querySelector('#composer').value") == "/ladder "
    await ana.presses("Enter")
    await ana.sees("The ladder")


async def test_shift_enter_makes_a_new_line(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.fills("Message #general", "one")
    await ana.presses("Shift+Enter", "t", "w", "o", "Enter")
    await ana.sees("two")
    assert stage.last(GENERAL).text == "one\ntwo"


async def test_a_reply_goes_into_the_thread(stage: Stage, arrive: Arrive) -> None:
    ts = await stage.post("Anything worth keeping?")
    ana = await arrive(stage.base_url, ANA)
    await ana.clicks("Reply in thread")
    await ana.types("The new queue")
    await ana.sees("The new queue")
    assert stage.last(stage.im).thread_ts == ts


async def test_another_person_does_not_see_what_was_only_for_one(stage: Stage, arrive: Arrive) -> None:
    answer_with(stage, [section("Only for Ana")])
    person = await arrive(stage.base_url, ANA, GENERAL)
    await person.types("/ladder")
    await person.sees("Only for Ana")
    await person.becomes("Ben Okri")
    await person.sees("Ben Okri")
    await person.does_not_see("Only for Ana")


async def test_something_new_elsewhere_is_marked(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await stage.post("Something for you")
    await ana.sees("Rung")
    await ana.opens("Rung")
    await ana.sees("Something for you")
    assert await ana.reads("document.querySelectorAll('.unread').length") == 0


async def test_hostile_text_stays_text(stage: Stage, arrive: Arrive) -> None:
    ana = await arrive(stage.base_url, ANA, GENERAL)
    await ana.types("<img src=x onerror=alert(1)> <script>alert(1)</script>")
    await ana.sees("<script>")
    assert await ana.reads("document.querySelectorAll('.log img, .log script').length") == 0


async def test_the_page_fits_a_phone(stage: Stage, arrive: Arrive, tmp_path: Path) -> None:
    answer_with(stage, EVERYTHING)
    looks = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    ana = await arrive(stage.base_url, ANA, "", **looks)
    await ana.opens("#general")
    await ana.types("/ladder staff")
    await ana.sees("Rich words")
    assert await ana.reads("document.documentElement.scrollWidth") == 390
    await ana.screenshot(tmp_path / "phone.png")
