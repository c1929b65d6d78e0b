"""How a promotion case looks; the same for both, with counts and never a percentage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.brag.coverage import CompetencyCoverage, Covered, Tally
from bot.brag.coverage_card import LEVEL_REACH, say_age
from bot.brag.model import Entry
from bot.brag.receipts import say_day
from bot.ladder.blocks import list_facts, name_level, name_source, offer, say_count
from bot.ladder.promotions import PAGE as PROMOTIONS
from bot.oneonone.agenda.case import Case, Proof
from bot.oneonone.agenda.messages import FILE
from bot.oneonone.agenda.suggestions import find_guidance
from bot.oneonone.agenda.telling import MEANING, SO_FAR, on_one_line
from bot.oneonone.agenda.values import pack
from bot.oneonone.linking.whom import mention
from bot.oneonone.model import Pair
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape
from bot.slack.payloads import Answer
from bot.wording import Wording

QUOTE = 140


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One page of it. `entries` are those named, in words; `meanings` what the two agreed on."""

    case: Case
    pair: Pair
    entries: Mapping[str, Entry]
    meanings: Mapping[str, str]
    words: Wording
    today: date

    def show(self, page: int) -> Answer:
        coverage, held = self.case.coverage, self.case.standpoint
        last = self.case.last_page
        page = min(max(page, 0), last)
        level = Mrkdwn(name_level(coverage.level))
        if held.current and held.current != coverage.level:
            level = Mrkdwn(f"{name_level(held.current)} → {level}")
        title = self._say("case_title", person=mention(self.pair.engineer), level=level)
        shown: list[Block] = [blocks.section(title), blocks.context(self._say("case_made_from"))]
        shown += self._outlook() if page == 0 else []
        for one in self.case.on_page(page):
            shown += blocks.sections(self._say_competency(one))
        shown += self._turn(page, last)
        return Answer(title, [*shown, name_source(coverage.ladder)])

    def _outlook(self) -> list[Block]:
        """Counts, what holds people back at this step, and what to look for."""
        shown = [blocks.section(self._say_count())]
        step = self._say_step()
        shown += blocks.sections(step) if step else []
        if wanted := self.case.next:
            lines = [self._say_wanted(one) for one in wanted]
            shown += blocks.sections("\n".join([f"*{self._say('case_next')}*", *lines]))
        rule = offer(self.case.coverage.ladder, "How promotions work", f"guide {PROMOTIONS}")
        agenda = blocks.button("The agenda", "agenda:open", pack(self.pair))
        shown += [blocks.actions([rule, agenda]), blocks.divider()]
        if self.case.proofs:
            shown.append(blocks.section(f"*{self._say('case_covered')}*"))
        return shown

    def _say_count(self) -> Mrkdwn:
        coverage = self.case.coverage
        if not self.case.proofs:
            return self._say("case_none", total=len(coverage.expectations))
        reach = coverage.level.reach
        return self._say(
            "case_count",
            covered=coverage.covered,
            total=len(coverage.expectations),
            wide=coverage.as_wide,
            reach=LEVEL_REACH[reach] if reach and reach != "me" else "",
        )

    def _say_step(self) -> str:
        """What the ladder tells of this very step, and of the level one comes from."""
        coverage, current = self.case.coverage, self.case.standpoint.current
        parts = []
        if current and current != coverage.level:
            parts.append(find_guidance(coverage.ladder, current, coverage.level))
            parts.append(list_facts(current.facts))
        parts.append(list_facts(coverage.level.facts))
        found = "\n".join(filter(None, parts))
        return f"{self._say('case_step')}\n{found}" if found else ""

    def _say_wanted(self, one: Covered) -> str:
        line = f"• *{escape(one.competency.name)}*: {escape(one.statement.text)}"
        if one.tally.entries:
            line += f" _({self._say_tally(one.tally)})_"
        if meaning := self.meanings.get(one.statement.id):
            said = self._say("growth_meaning", meaning=on_one_line(meaning, MEANING))
            line += f"\n    ↳ {said}"
        return line

    def _say_competency(self, one: CompetencyCoverage) -> str:
        title = f"*{escape(one.competency.name)}*"
        if one.expectations:
            title += f" · {one.covered} of {len(one.expectations)}"
        lines = [title]
        for proof in self.case.proofs[one.competency.id]:
            lines += self._say_proof(proof)
        return "\n".join(lines)

    def _say_proof(self, proof: Proof) -> list[str]:
        covered = proof.covered
        head = f"● {escape(covered.statement.text)}" if covered else f"● {self._say('case_whole')}"
        if covered:
            head += f" _({self._say_tally(covered.tally)})_"
        named = [self.entries[name] for name in proof.named if name in self.entries]
        lines = [head, *(self._say_entry(one) for one in named)]
        if rest := len(proof.entries) - len(proof.named):
            lines.append(f"    {self._say('case_more', count=rest)}")
        return lines

    def _say_tally(self, tally: Tally) -> str:
        """For two readers, so that it is nobody's “my team”."""
        said = [say_count(tally.entries, "entry", "entries"), f"newest {say_age(tally.age or 0)}"]
        if tally.reach:
            is_narrow = self.case.coverage.is_narrow(tally)
            said.append(f"{'so far within' if is_narrow else 'reach:'} {SO_FAR[tally.reach]}")
        return ", ".join(said)

    def _say_entry(self, entry: Entry) -> str:
        facts = [say_day(entry.happened_on, self.today)]
        facts += [f"reach: {SO_FAR[entry.reach]}"] if entry.reach else []
        return f"    ↳ {on_one_line(entry.words.text, QUOTE)} _({', '.join(facts)})_"

    def _turn(self, page: int, last: int) -> list[Block]:
        ways = [("Back", page - 1), ("More", page + 1)]
        row = [
            blocks.button(label, f"agenda:case:{number}", pack(self.pair, "", str(number)))
            for label, number in ways
            if 0 <= number <= last
        ]
        return [blocks.actions(row)] if row else []

    def _say(self, message: str, **values: str | int) -> Mrkdwn:
        return self.words.say(FILE, message, pick="", **values)
