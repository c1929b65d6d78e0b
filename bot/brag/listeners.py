"""How the brag document comes in: `/brag`, its buttons and forms, shortcuts and reactions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.brag import filling, forms, model, owing, service
from bot.brag.captures import Captures
from bot.brag.clicks import STAYING, Clicks
from bot.brag.desk import Desk
from bot.brag.model import Entry, Plan, Visibility
from bot.brag.reading_room import ReadingRoom
from bot.brag.receipts import FILE, ask_for_result
from bot.brag.store import BragStore
from bot.errors import BotError
from bot.people.model import PersonId
from bot.slack import blocks
from bot.slack.payloads import Answer, Click, Command, Event, Form, FormAnswer, Shortcut
from bot.slack.router import OUTDATED, Router

SAVE, NEW = "brag_save", "brag_new"
"""Callback ids of the shortcuts, as the manifest declares them."""


class BragListeners:
    """Everything that the brag document hears, but for messages, which the conversation hands over."""

    def __init__(self, desk: Desk, captures: Captures, reaction: str) -> None:
        self._desk = desk
        self._captures = captures
        self._reaction = reaction
        self._room = ReadingRoom(desk)
        self._clicks = Clicks(desk, captures, self._room)

    def register(self, router: Router) -> None:
        router.commands["/brag"] = self.take_command
        router.clicks["brag"] = self.take_click
        router.forms[forms.ENTRY] = self.keep_entry
        router.forms[forms.RESULT] = self.keep_result
        router.forms[forms.PLAN] = self.keep_plan
        router.shortcuts[NEW] = self.open_new
        router.shortcuts[SAVE] = self.save
        if self._reaction:
            router.events["reaction_added"] = self.take_reaction
            router.events["reaction_removed"] = self.take_reaction

    async def take_command(self, command: Command) -> Answer:
        """Words that ask for something are answered; all others are kept.

        In the DM they stand in a message, which is kept itself, so that its edits and its deletion count.
        """
        person, text = PersonId(command.workspace, command.user), command.text.strip()
        if not text and command.trigger:
            await self._open("new", person, "", command.trigger)
            return Answer(self._desk.words.say(FILE, "form_open"))
        if not command.trigger:
            return await self._room.answer(person, text) or Answer("", understood=False)
        return await self.answer(person, text)

    async def answer(self, person: PersonId, text: str) -> Answer:
        """What `/brag` answers to these words, wherever they were typed."""
        return await self._room.answer(person, text) or await self._captures.keep_command(person, text)

    async def take_click(self, click: Click) -> Sequence[Answer]:
        person = PersonId(click.workspace, click.user)
        verb, value = click.action.split(":")[1], click.value
        if verb == "menu":  # one of several things, chosen from a “…” menu
            verb, _, value = value.partition("|")
        if verb in ("new", "edit", "result", "plan"):
            asked_in = f"{click.channel}|{click.message_ts}"
            await self._open(verb, person, value, click.trigger, asked_in)
            return []
        if verb == "run":
            return [await self.answer(person, value)]
        answer = await self._clicks.act(verb, person, value)
        return [replace(answer, replace=verb not in STAYING)] if answer else [OUTDATED]

    async def take_reaction(self, event: Event) -> None:
        item = event.body.get("item") or {}
        if event.body.get("reaction") != self._reaction or item.get("type") != "message":
            return
        act = self._captures.react if event.type == "reaction_added" else self._captures.unreact
        person, reacted_at = PersonId(event.workspace, event.user), str(event.body["event_ts"])
        await act(person, str(item["channel"]), str(item["ts"]), reacted_at)

    async def open_new(self, shortcut: Shortcut) -> Sequence[Answer]:
        await self._open("new", PersonId(shortcut.workspace, shortcut.user), "", shortcut.trigger)
        return []

    async def save(self, shortcut: Shortcut) -> Sequence[Answer]:
        if shortcut.message:
            await self._captures.save(PersonId(shortcut.workspace, shortcut.user), shortcut.message)
        return []

    async def keep_entry(self, form: Form) -> FormAnswer:
        """A new entry, or a changed one, of which what was not touched stays; or what is wrong."""
        if not form.data:
            return FormAnswer(errors=await self._captures.keep_form(form))
        person = PersonId(form.workspace, form.user)
        today = await self._desk.zones.today(person)
        filled = filling.read_entry_form(form, today)
        if isinstance(filled, dict):
            return FormAnswer(errors=filled)
        shown = filling.unpack(form.data)
        fill = await self._desk.filling(person, filled, self._desk.clock(), shown)
        await self._change(person, shown.entry, fill)
        return FormAnswer()

    async def keep_result(self, form: Form) -> FormAnswer:
        text = form.fields.get("result", "").strip()
        if not text:
            return FormAnswer(errors={"result": "A few words are enough."})
        person = PersonId(form.workspace, form.user)
        entry_id, channel, ts = form.data.split("|")
        await self._change(person, entry_id, lambda entry: model.say_result(entry, text))
        owed = owing.results_said(person, channel, ts, self._desk.clock())
        self._desk.sender.send_soon(await self._desk.write(service.owe, [owed], self._desk.clock()))
        return FormAnswer()

    async def keep_plan(self, form: Form) -> FormAnswer:
        """An if-then plan; one that was not shown is shown before it is replaced or goes."""
        person, text = PersonId(form.workspace, form.user), form.fields.get("plan", "").strip()
        ladder, _, shown = form.data.partition("|")
        plan = Plan(ladder, form.fields.get("expectation", ""), text, self._desk.clock())
        if plan.expectation != shown and (not text or await self._has_other_plan(person, plan)):
            return FormAnswer(view=await self._make_plan_form(person, plan.expectation, text))
        await self._desk.write(service.keep_plan, person, plan)
        said = self._desk.words.say(FILE, "plan_kept" if text else "plan_removed")
        return FormAnswer(view=blocks.modal("A plan", [blocks.section(said)]))

    async def _change(self, person: PersonId, entry_id: str, how: Callable[[Entry], Entry]) -> None:
        """Change an entry, and have its receipt say so. Raises BotError where it is gone."""
        ids = await self._desk.write(service.change, person, entry_id, how, self._desk.clock())
        if ids is None:
            raise BotError(self._desk.words.say(FILE, "gone"))
        self._desk.sender.send_soon(ids)

    async def _open(self, what: str, person: PersonId, value: str, trigger: str, asked_in: str = "|") -> None:
        """Open a form; a trigger lives three seconds. `asked_in` is the message that asked for it."""
        words = self._desk.words
        if what == "plan":
            await self._desk.gateway.open_view(trigger, await self._make_plan_form(person, value))
            return
        ladder, level = await self._desk.standing(person)
        if what == "result":
            found = await self._desk.get(person, value)
            question = ask_for_result(level, words, found.kind)
            form = forms.result_form(found, question, f"{found.id}|{asked_in}")
        else:
            entry = await self._desk.get(person, value) if what == "edit" else None
            profile = await self._desk.zones.get_profile(person)
            today, track = self._desk.zones.day_in(profile), level.track if level else None
            usual: Visibility = "shared" if profile.shares_new else "private"
            data = filling.note(entry, ladder).pack() if entry else ""
            form = forms.entry_form(ladder, track, today, words, entry, usual, data)
        await self._desk.gateway.open_view(trigger, form)

    async def _has_other_plan(self, person: PersonId, plan: Plan) -> bool:
        """Is there one for the same expectation that says something else?"""
        known = (await self._desk.read(BragStore.get_plans, person, plan.ladder)).get(plan.expectation)
        return known is not None and known.text != plan.text

    async def _make_plan_form(
        self, person: PersonId, expectation: str, typed: str | None = None
    ) -> blocks.Block:
        """With the plan there is for it. Raises BotError where they have no level to plan for."""
        ladder, level = await self._desk.standing(person)
        if ladder is None or level is None:
            raise BotError(self._desk.words.say(FILE, "gone"))
        plans = await self._desk.read(BragStore.get_plans, person, ladder.id)
        known = {each: plan.text for each, plan in plans.items()}
        return forms.plan_form(ladder, level, known, self._desk.words, expectation, typed)
