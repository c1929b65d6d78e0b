"""How `/ladder` comes in: typed words, buttons that stand for them, and the form for one's levels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.clock import Now
from bot.content_library import Library
from bot.errors import BotError
from bot.ladder import asking, service, whereabouts
from bot.ladder.agreed import GetAgreed, get_nothing
from bot.ladder.answers import Answers, tidy
from bot.ladder.find import find_level
from bot.ladder.messages import FILE
from bot.ladder.model import Ladder, Level
from bot.ladder.picture import PICTURE
from bot.ladder.service import LevelField, NoLadderChosen, Reader
from bot.ladder.showing import Pictures
from bot.people.model import PersonId, Standing
from bot.people.store import PeopleStore
from bot.slack import blocks
from bot.slack.gateway import Gateway
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.payloads import Answer, Click, Command, Form, FormAnswer
from bot.slack.router import OUTDATED, Router
from bot.storage.database import Database
from bot.wording import Wording

LONGEST_NAME = 60
CLEAR = ("none", "clear", "off")


class LadderListeners:
    """Everything that `/ladder` hears."""

    def __init__(
        self,
        *,
        database: Database,
        library: Library[Ladder],
        words: Wording,
        gateway: Gateway,
        clock: Now,
        default_ladder: str | None,
    ) -> None:
        self._database = database
        self._library = library
        self._words = words
        self._gateway = gateway
        self._clock = clock
        self._default = default_ladder
        self._answers = Answers(words, lambda: library.in_force)
        self.pictures = Pictures(words, gateway)
        self.agreed: GetAgreed = get_nothing
        """What someone agreed on with others is shown below the expectations, to them alone."""
        self.levels_set: list[Callable[[Reader], Awaitable[None]]] = []
        """Told when someone said where they are or where they want to go."""

    def register(self, router: Router) -> None:
        router.commands["/ladder"] = self.take_command
        router.clicks["ladder"] = self.take_click
        router.forms[whereabouts.FORM] = self.keep_form

    async def take_command(self, command: Command) -> Answer:
        return await self.answer(PersonId(command.workspace, command.user), command.text)

    async def answer(self, person: PersonId, text: str, ladder_id: str | None = None) -> Answer:
        """What these words answer for this person; `ladder_id` reads another ladder than theirs."""
        text = tidy(text)
        word, _, rest = text.partition(" ")
        try:
            match word.lower():
                case "use":
                    return await self._use(person, rest)
                case "help" | "?":
                    return self._answers.help()
                case "target" | "current" as changed:
                    return await self._set(await self.find_reader(person, ladder_id), changed, rest)
                case _ if text.lower() in PICTURE:
                    return await self.pictures.show(await self.find_reader(person, ladder_id))
                case _:
                    reader = await self._with_agreed(await self.find_reader(person, ladder_id))
                    return self._answers.answer(reader, text)
        except NoLadderChosen:
            return self._ask_which_ladder(text)

    async def find_reader(self, person: PersonId, ladder_id: str | None = None) -> Reader:
        """Who asks, and on which ladder. Raises NoLadderChosen."""
        standing = await self._database.look_up(PeopleStore, PeopleStore.get_standing, person)
        ladders = self._library.in_force
        ladder = (
            self._find_ladder(ladder_id)
            if ladder_id
            else service.choose_ladder(standing, ladders, self._default)
        )
        return service.meet(person, standing, ladder)

    def meet(self, person: PersonId, standing: Standing) -> Reader:
        """Who they are on their ladder, by as much of their standing as is given. Raises NoLadderChosen."""
        ladder = service.choose_ladder(standing, self._library.in_force, self._default)
        return service.meet(person, standing, ladder)

    async def _with_agreed(self, reader: Reader) -> Reader:
        agreed = await self.agreed(reader.person, reader.ladder.id)
        return replace(reader, agreed=agreed) if agreed else reader

    async def is_level(self, person: PersonId, text: str) -> bool:
        """Are these words, as they stand, the name of a level on this person's ladder?"""
        if not 0 < len(text) <= LONGEST_NAME:
            return False
        try:
            found = find_level((await self.find_reader(person)).ladder, text)
        except NoLadderChosen:
            return False
        return found.kind in ("exact", "alias") and bool(found.levels)

    async def take_click(self, click: Click) -> Sequence[Answer]:
        """`ladder:run:0` types a command for the person; the rest do what no command does."""
        person = PersonId(click.workspace, click.user)
        ladder_id, _, text = click.value.partition(" ")
        match click.action.split(":")[1:2]:
            case ["run"]:
                return [await self.answer(person, text, ladder_id)]
            case ["use"]:
                return await self._use_and_answer(person, ladder_id, text)
            case ["target"]:
                return [await self._make_target(person, ladder_id, text)]
            case ["share"]:
                return await self._share(click, person, ladder_id, text)
            case ["levels"]:
                reader = await self.find_reader(person, ladder_id)
                await self._gateway.open_view(click.trigger, whereabouts.levels_form(reader))
                return []
        return [OUTDATED]

    async def keep_form(self, form: Form) -> FormAnswer:
        person = PersonId(form.workspace, form.user)
        reader = await self.find_reader(person, form.data)
        changes = whereabouts.read_levels_form(reader.ladder, form.fields)
        if not any(changes.values()):
            return FormAnswer(errors={"current": self._words.say(FILE, "form_empty")})
        reader = await self.keep_levels(reader, changes)
        shown = whereabouts.show_whereabouts(reader, self._words)
        return FormAnswer(view=blocks.modal("My levels", shown.blocks))

    async def _set(self, reader: Reader, changed: LevelField, text: str) -> Answer:
        if not text:
            return whereabouts.show_whereabouts(reader, self._words, note=self._words.say(FILE, "level_what"))
        if text.lower() in CLEAR:
            reader = await self.keep_levels(reader, {changed: None})
            return Answer(whereabouts.explain_levels(reader, self._words, changed))
        found = find_level(reader.ladder, text, reader.track)
        if len(found.levels) != 1:
            return self._answers.choose(reader, text, found, lambda level: f"{changed} {level}")
        reader = await self.keep_levels(reader, {changed: reader.ladder.levels[found.levels[0]]})
        return whereabouts.confirm_level(reader, self._words, changed)

    async def keep_levels(self, reader: Reader, changes: Mapping[LevelField, Level | None]) -> Reader:
        kept = await self._database.write(PeopleStore, service.set_levels, reader, changes, self._clock())
        for tell in self.levels_set:
            await tell(kept)
        return kept

    async def _make_target(self, person: PersonId, ladder_id: str, level_id: str) -> Answer:
        """The card again, with what follows from the choice where the button was."""
        reader = await self.find_reader(person, ladder_id)
        kept = await self.keep_levels(reader, {"target": _find_level(reader.ladder, level_id)})
        reader = await self._with_agreed(kept)
        note = whereabouts.explain_levels(reader, self._words, "target")
        card = self._answers.card(reader, _find_level(reader.ladder, level_id), note=note)
        return replace(card, replace=True)

    async def _share(self, click: Click, person: PersonId, ladder_id: str, level_id: str) -> Sequence[Answer]:
        """The card for everyone, and the reader's own with a line instead of a second chance to share."""
        reader = await self._with_agreed(await self.find_reader(person, ladder_id))
        level = _find_level(reader.ladder, level_id)
        if not click.response_url:
            return [Answer(self._words.say(FILE, "share_needs_a_message", level=level.id))]
        who = self._words.say(FILE, "shared", person=Mrkdwn(f"<@{click.user}>"))
        public = self._answers.card(reader, level, note=who, public=True)
        own = self._answers.card(reader, level, note=self._words.say(FILE, "share_done"), shareable=False)
        return [public, replace(own, replace=True)]

    async def _use(self, person: PersonId, asked: str) -> Answer:
        if not asked:
            return self._ask_which_ladder("")
        ladders = self._library.in_force
        wanted = asked.lower()
        chosen = next((lad for lad in ladders.values() if wanted in (lad.id, lad.name.lower())), None)
        if chosen is None:
            said = self._words.say(FILE, "no_such_ladder", asked=asked[:80])
            return asking.ask_which_ladder(ladders, "", said)
        reader = await self._switch(person, chosen)
        note = self._words.say(FILE, "ladder_used", ladder=chosen.name)
        return whereabouts.show_whereabouts(reader, self._words, note=note)

    def _ask_which_ladder(self, text: str) -> Answer:
        """`text` is what is answered once they have chosen."""
        said = self._words.say(FILE, "which_ladder")
        return asking.ask_which_ladder(self._library.in_force, text, said)

    async def _use_and_answer(self, person: PersonId, ladder_id: str, text: str) -> Sequence[Answer]:
        if not text:
            return [replace(await self._use(person, ladder_id), replace=True)]
        await self._switch(person, self._find_ladder(ladder_id))
        return [replace(await self.answer(person, text), replace=True)]

    async def _switch(self, person: PersonId, ladder: Ladder) -> Reader:
        await self._database.write(PeopleStore, PeopleStore.use_ladder, person, ladder.id, self._clock())
        return await self.find_reader(person)

    def _find_ladder(self, ladder_id: str) -> Ladder:
        ladder = self._library.in_force.get(ladder_id)
        if ladder is None:
            raise BotError("That ladder is no longer here. `/ladder list` shows those that are.")
        return ladder


def _find_level(ladder: Ladder, level_id: str) -> Level:
    level = service.find_kept(ladder, level_id)
    if level is None:
        raise BotError("That level is no longer on the ladder. `/ladder` shows those that are.")
    return level
