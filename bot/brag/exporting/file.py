"""What the JSON of a brag document says: all of it, so that another Rung can read it (`rung brag import`).

`rung_brag_document` is the version of this form, 1. For whoever reads it: `owner` (`workspace`, `user`,
`name`), `made_on`, `period` (`start`, `end`), `ladder` (`id`, `name`, `version`, `source`), `current` and
`target` (ids of levels), `people` (Slack id → name). What an import takes:

- `entries`, newest first. Needed are `text` and `happened_on`. `result` is what came of it in words,
  `outcome` whether that was `said`, is still `open` or there is `none`. `visibility` is `private` or
  `shared`, since `shared_at`. `came_with` is the same for entries of one message, whose order is `position`.
  `evidence` names `ladder`, `level`, `competency` and `expectation` by id, whether its owner `confirmed` it,
  and `because` of which words.
- `plans`: `text` for an `expectation` of a `ladder`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.brag.model import Entry, Evidence, Kind, Plan, Result, Visibility, Words
from bot.ladder.model import Reach
from bot.people.model import PersonId

EntryId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{0,32}$")]
ContentId = Annotated[str, StringConstraints(pattern=r"^[^\s\x00]{1,80}$")]
SlackId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,32}$")]


class Part(BaseModel):
    """Unknown fields are refused: most are typing errors, and silently lost text is worse."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OwnerPart(Part):
    workspace: SlackId
    user: SlackId
    name: str = ""


class PeriodPart(Part):
    start: date
    end: date


class LadderPart(Part):
    id: ContentId
    name: str = ""
    version: str = ""
    source: str = ""


class EvidencePart(Part):
    ladder: ContentId
    level: ContentId | Literal[""] = ""
    competency: ContentId
    expectation: ContentId | Literal[""] = ""
    confirmed: bool = False
    because: tuple[str, ...] = ()


class EntryPart(Part):
    id: EntryId = ""
    happened_on: date
    text: str
    result: str = ""
    outcome: Result = "open"
    kind: Kind = "win"
    reach: Reach | None = None
    project: str = ""
    goal: str = ""
    links: tuple[str, ...] = ()
    people: tuple[SlackId, ...] = ()
    visibility: Visibility = "private"
    shared_at: AwareDatetime | None = None
    kept_at: AwareDatetime | None = None
    changed_by_form: bool = False
    came_with: EntryId = ""
    position: Annotated[int, Field(ge=0, lt=2**31)] = 0
    evidence: tuple[EvidencePart, ...] = ()

    @model_validator(mode="after")
    def _names_each_competency_once(self) -> EntryPart:
        named = [(one.ladder, one.competency) for one in self.evidence]
        if len(set(named)) < len(named):
            raise ValueError("names a competency twice in `evidence`")
        return self


class PlanPart(Part):
    ladder: ContentId
    expectation: ContentId
    text: str
    made_at: AwareDatetime


class BragFile(Part):
    rung_brag_document: Literal[1]
    owner: OwnerPart | None = None
    made_on: date | None = None
    period: PeriodPart | None = None
    ladder: LadderPart | None = None
    current: ContentId | None = None
    target: ContentId | None = None
    people: dict[str, str] = {}
    entries: tuple[EntryPart, ...]
    plans: tuple[PlanPart, ...] = ()


def write_entry(entry: Entry) -> EntryPart:
    words = entry.words
    evidence = sorted(entry.evidence, key=lambda one: (not one.is_confirmed, one.ladder, one.competency))
    return EntryPart(
        id=entry.id,
        happened_on=entry.happened_on,
        text=words.text,
        result=words.result,
        outcome=entry.result,
        kind=entry.kind,
        reach=entry.reach,
        project=words.project,
        goal=words.goal,
        links=words.links,
        people=words.people,
        visibility=entry.visibility,
        shared_at=entry.shared_at,
        kept_at=entry.created_at,
        changed_by_form=entry.is_edited_here,
        came_with=entry.capture,
        position=entry.position,
        evidence=tuple(map(_write_evidence, evidence)),
    )


def read_entry(part: EntryPart, person: PersonId) -> Entry:
    """As an entry of this person; where the file says no id, that is empty."""
    return Entry(
        id=part.id,
        person=person,
        capture=part.came_with,
        position=part.position,
        words=Words(part.text, part.result, part.links, part.people, part.project, part.goal),
        happened_on=part.happened_on,
        created_at=part.kept_at or datetime.combine(part.happened_on, time(), UTC),
        kind=part.kind,
        reach=part.reach,
        visibility=part.visibility,
        shared_at=part.shared_at,
        result=part.outcome,
        is_edited_here=part.changed_by_form,
        evidence=tuple(map(_read_evidence, part.evidence)),
    )


def write_plans(plans: Iterable[Plan]) -> tuple[PlanPart, ...]:
    ordered = sorted(plans, key=lambda plan: (plan.ladder, plan.expectation))
    return tuple(
        PlanPart(ladder=plan.ladder, expectation=plan.expectation, text=plan.text, made_at=plan.made_at)
        for plan in ordered
    )


def read_plan(part: PlanPart) -> Plan:
    return Plan(part.ladder, part.expectation, part.text, part.made_at)


def _write_evidence(one: Evidence) -> EvidencePart:
    return EvidencePart(
        ladder=one.ladder,
        level=one.level,
        competency=one.competency,
        expectation=one.expectation,
        confirmed=one.is_confirmed,
        because=one.words,
    )


def _read_evidence(part: EvidencePart) -> Evidence:
    return Evidence(part.ladder, part.level, part.competency, part.expectation, part.confirmed, part.because)
