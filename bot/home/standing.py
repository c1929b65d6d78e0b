"""Where someone is, on their Home; on the first visit a welcome and three questions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ground import Ground
from bot.home import settings_form
from bot.home.upcoming import FILE
from bot.home.weekly import USUAL, Weekly, rhythm_of
from bot.ladder import whereabouts
from bot.ladder.service import Reader
from bot.people.model import PersonId
from bot.rhythm.model import Rhythm, say
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.payloads import Answer, Click, Form, FormAnswer
from bot.slack.router import OUTDATED, Router

FORM = "home:begin"


class Standing:
    """Level now, level next, when to ask: that is all it takes to begin."""

    def __init__(self, ground: Ground, weekly: Weekly) -> None:
        self._ground = ground
        self._weekly = weekly

    def register(self, router: Router) -> None:
        router.clicks["home"] = self.take_click
        router.forms[FORM] = self.begin

    async def show(self, person: PersonId) -> Sequence[Block]:
        reader = await self._ground.find_reader(person)
        profile = await self._ground.zones.get_profile(person)
        is_new = reader is None or not (reader.current or reader.target or reader.lost)
        welcome = self._welcome(has_ladder=reader is not None) if is_new and not profile.is_greeted else []
        if reader is None:
            return [*welcome, *(await self._ground.ladders.answer(person, "")).blocks]
        return welcome or whereabouts.show_standing(reader, self._ground.words)

    def _welcome(self, *, has_ladder: bool) -> list[Block]:
        """What it does for them, who sees what, one button to begin and one for not now."""
        said = blocks.section(self._ground.words.say(FILE, "welcome"))
        row = [
            blocks.button("Begin", "home:begin", "-", primary=True),
            blocks.button("Not now", "home:not-now", "-"),
        ]
        return [said, blocks.actions(row) if has_ladder else blocks.divider()]

    async def take_click(self, click: Click) -> Sequence[Answer]:
        person = PersonId(click.workspace, click.user)
        match click.action.split(":")[1:2]:
            case ["begin"]:
                reader = await self._ground.ladders.find_reader(person)
                rhythm = rhythm_of(await self._weekly.get(person)) or USUAL
                await self._ground.gateway.open_view(click.trigger, _show_form(reader, rhythm))
                return []
            case ["not-now"]:
                await self._ground.zones.change(person, is_greeted=True)
                return []
        return [OUTDATED]

    async def begin(self, form: Form) -> FormAnswer:
        """When comes first: a target alone would bring the usual rhythm, and a message about it."""
        person, words = PersonId(form.workspace, form.user), self._ground.words
        reader = await self._ground.ladders.find_reader(person, form.data)
        changes = whereabouts.read_levels_form(reader.ladder, form.fields)
        if not any(changes.values()):
            return FormAnswer(errors={"current": words.say("ladder/messages", "form_empty")})
        rhythm = settings_form.read_when(form)
        await self._weekly.put(person, rhythm)
        reader = await self._ground.ladders.keep_levels(reader, changes)
        said = words.say(FILE, "begun", rhythm=say(rhythm) if rhythm else "")
        shown = [blocks.section(said), *whereabouts.show_standing(reader, words)]
        return FormAnswer(view=blocks.modal("Ready", shown))


def _show_form(reader: Reader, rhythm: Rhythm) -> Block:
    fields = [*whereabouts.level_fields(reader), *settings_form.ask_when(rhythm)]
    return blocks.modal("Three questions", fields, callback=FORM, data=reader.ladder.id, submit="Begin")
