"""How meanings come in: forms and buttons of the engineer and of the manager."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Concatenate, ParamSpec

from sqlalchemy import Connection

from bot.errors import BotError, SlackRefused
from bot.ladder.model import Ladder, Level
from bot.outbox.model import Delivery
from bot.people.model import PersonId
from bot.programme.desk import Desk
from bot.programme.meaning import service, showing
from bot.programme.meaning.agreements import Agreements
from bot.programme.meaning.model import Meaning, agree, propose
from bot.programme.meaning.store import MeaningStore
from bot.programme.run import FORM, Given
from bot.programme.service import give
from bot.slack.payloads import Answer, Click, Form, FormAnswer, Message
from bot.slack.router import Router

P = ParamSpec("P")
Act = Callable[[PersonId, Click], Awaitable[Sequence[Answer]]]


class MeaningListeners:
    """Only the two whom it concerns can do anything here; to everybody else it has ended."""

    def __init__(self, desk: Desk, agreements: Agreements) -> None:
        self._desk = desk
        self._agreements = agreements
        self.acts: dict[str, Act] = {
            "means": self._open_choice,
            "show-to": self._open_show_to,
            "rewrite": self._open_rewrite,
            "common": self._open_common,
            "agree": self._agree,
            "end": self._end,
        }

    @property
    def store(self) -> Callable[[Connection], MeaningStore]:
        return partial(MeaningStore, self._desk.vault)

    def register(self, router: Router) -> None:
        router.forms[showing.CHOOSE] = self.choose
        router.forms[showing.WRITE] = self.write
        router.forms[showing.SHOW_TO] = self.show_to
        router.forms[showing.REWRITE] = self.rewrite
        router.forms[showing.COMMON] = self.propose

    async def take_reply(self, message: Message, _about: Delivery) -> None:
        """In a thread nobody could tell which expectation is meant."""
        await self._desk.gateway.post(message.channel, Answer(self._desk.say("use_buttons")), message.thread)

    async def choose(self, form: Form) -> FormAnswer:
        """Expectations are chosen: now a field for each."""
        person, chosen = PersonId(form.workspace, form.user), form.lists.get("expectations", ())
        if not 0 < len(chosen) <= showing.MOST:
            return FormAnswer(errors={"expectations": "Choose one to three."})
        ladder, level = await self._find_level(person)
        known = await self._desk.database.read(self.store, MeaningStore.get_on, person, ladder.id)
        texts = {one.expectation: one.mine for one in known}
        data = f"{form.data}|{ladder.id}|{level.id}"
        wanted = {expectation: texts.get(expectation, "") for expectation in chosen}
        return FormAnswer(view=showing.write_form(ladder, wanted, showing.WRITE, data, self._desk.words))

    async def write(self, form: Form) -> FormAnswer:
        """The engineer's words; they are the answer of the step as well."""
        person, texts = PersonId(form.workspace, form.user), _texts(form)
        if empty := _empty(texts):
            return FormAnswer(errors=empty)
        run_id, step, ladder_id, level = form.data.split("|")
        run, programme = await self._desk.get_run(person, run_id)
        now = self._desk.clock()
        written = [
            Meaning(person, ladder_id, level, expectation, run_id, position, text)
            for position, (expectation, text) in enumerate(texts.items())
        ]
        await self._owe(service.begin, written, now)
        names = showing.expectation_texts(await self._find_ladder(person, ladder_id))
        text = "\n".join(f"{names.get(expectation, '')}\n→ {text}" for expectation, text in texts.items())
        await self._desk.owe(give, run, programme, Given(run_id, step, FORM, text, now), now)
        return FormAnswer()

    async def show_to(self, form: Form) -> FormAnswer:
        person, chosen = PersonId(form.workspace, form.user), form.lists.get("manager", ())
        if len(chosen) != 1 or chosen[0] == person.user or not await self._is_person(chosen[0]):
            return FormAnswer(errors={"manager": "Choose one colleague, your manager best of all."})
        run_id = form.data.split("|")[0]
        ids = await self._owe(service.show_to, person, run_id, chosen[0], self._desk.clock())
        if ids is None:
            raise BotError(self._desk.say("means_first"))
        return FormAnswer()

    async def rewrite(self, form: Form) -> FormAnswer:
        person, texts = PersonId(form.workspace, form.user), _texts(form)
        if empty := _empty(texts):
            return FormAnswer(errors=empty)
        self._require(await self._owe(service.rewrite, person, form.data, texts, self._desk.clock()))
        return FormAnswer()

    async def propose(self, form: Form) -> FormAnswer:
        """Common words; those that the other one wrote meanwhile are shown before they are replaced."""
        person, text = PersonId(form.workspace, form.user), form.fields.get("text", "").strip()
        if not text:
            return FormAnswer(errors={"text": "A few words that both of you could sign."})
        ask, expectation, version = form.data.split("|")
        now, others = self._desk.clock(), list[Meaning]()

        def how(one: Meaning) -> Meaning:
            if one.version == version or one.common == text:
                return propose(one, person.user, text, now)
            others.append(one)
            return one

        self._require(await self._owe(service.change, person, ask, expectation, how, now))
        if not others:
            return FormAnswer()
        ladder = await self._find_ladder(others[0].engineer, others[0].ladder)
        return FormAnswer(view=showing.common_form(ladder, others[0], self._desk.words, text))

    async def _agree(self, person: PersonId, click: Click) -> Sequence[Answer]:
        """To these very words; where they changed meanwhile, the message says the new ones."""
        ask, expectation, version = click.value.split("|")
        now = self._desk.clock()

        def how(one: Meaning) -> Meaning:
            return agree(one, person.user, now) if one.version == version else one

        self._require(await self._owe(service.change, person, ask, expectation, how, now))
        return []

    async def _end(self, person: PersonId, click: Click) -> Sequence[Answer]:
        await self._owe(service.finish, person, click.value, self._desk.clock())
        return []

    async def _open_choice(self, person: PersonId, click: Click) -> Sequence[Answer]:
        ladder, level = await self._find_level(person)
        run_id = click.value.split("|")[0]
        known = await self._desk.database.read(self.store, MeaningStore.get_of_run, person, run_id)
        chosen = [one.expectation for one in known]
        form = showing.choose_form(ladder, level, chosen, click.value, self._desk.words)
        await self._desk.gateway.open_view(click.trigger, form)
        return []

    async def _open_show_to(self, _person: PersonId, click: Click) -> Sequence[Answer]:
        form = showing.show_to_form(click.value, self._desk.words)
        await self._desk.gateway.open_view(click.trigger, form)
        return []

    async def _open_rewrite(self, person: PersonId, click: Click) -> Sequence[Answer]:
        """One's own words only."""
        found = await self._get(person, click.value)
        is_engineer = person == found[0].engineer
        known = {one.expectation: one.mine if is_engineer else one.theirs for one in found}
        ladder = await self._find_ladder(found[0].engineer, found[0].ladder)
        form = showing.write_form(ladder, known, showing.REWRITE, click.value, self._desk.words)
        await self._desk.gateway.open_view(click.trigger, form)
        return []

    async def _open_common(self, person: PersonId, click: Click) -> Sequence[Answer]:
        ask, expectation = click.value.split("|")
        found = [one for one in await self._get(person, ask) if one.expectation == expectation and one.theirs]
        self._require(found)
        ladder = await self._find_ladder(found[0].engineer, found[0].ladder)
        await self._desk.gateway.open_view(
            click.trigger, showing.common_form(ladder, found[0], self._desk.words)
        )
        return []

    async def _get(self, person: PersonId, ask: str) -> list[Meaning]:
        """What is between this person and somebody. Raises BotError where it has ended."""
        found = await self._desk.database.read(self.store, MeaningStore.get_of_ask, person.workspace, ask)
        found = [one for one in found if one.concerns(person)]
        self._require(found)
        return found

    async def _find_ladder(self, engineer: PersonId, ladder_id: str) -> Ladder:
        return (await self._desk.ladders.find_reader(engineer, ladder_id)).ladder

    async def _find_level(self, person: PersonId) -> tuple[Ladder, Level]:
        """The level they aim for, else their own, where it is described. Raises BotError."""
        reader = await self._desk.find_reader(person)
        level = (reader.target or reader.current) if reader else None
        if reader is None or level is None or level.status != "described":
            raise BotError(self._desk.say("means_no_level"))
        return reader.ladder, level

    async def _is_person(self, user: str) -> bool:
        try:
            found = await self._desk.gateway.get_user(user)
        except SlackRefused:
            return False
        return not found.get("is_bot") and not found.get("deleted")

    async def _owe(
        self,
        change: Callable[Concatenate[MeaningStore, P], list[str] | None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> list[str] | None:
        ids = await self._desk.database.write(self.store, change, *args, **kwargs)
        self._agreements.look_again()
        self._desk.sender.send_soon(ids or [])
        return ids

    def _require(self, found: Sequence[object] | None) -> None:
        if not found:
            raise BotError(self._desk.say("together_ended"))


def _texts(form: Form) -> dict[str, str]:
    return {expectation: text.strip() for expectation, text in form.fields.items()}


def _empty(texts: dict[str, str]) -> dict[str, str]:
    return {expectation: "A sentence is enough." for expectation, text in texts.items() if not text}
