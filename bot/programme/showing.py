"""What people see of a programme: the list to choose from, a step before and after its answer, the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.ladder.service import Reader
from bot.programme.model import Programme, Step
from bot.programme.run import ANSWER, PLACE, Answers, Run, find_step
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten, show
from bot.slack.payloads import Answer
from bot.wording import Wording, fill

FILE = "programme/messages"
QUOTE = 280  # characters of an answer that its own message repeats
WHOLE = 2_500  # characters of an answer that is shown to be read again
MOST_BLOCKS = 48  # of the fifty a message may have


@dataclass(frozen=True, slots=True)
class Shown:
    """A step of a run as someone sees it. `said` is what a click just brought."""

    programme: Programme
    run: Run
    step: Step
    answers: Answers
    reader: Reader | None
    said: str = ""
    reopened: bool = False

    @property
    def key(self) -> str:
        return f"{self.run.id}|{self.step.id}"

    @property
    def is_first(self) -> bool:
        return self.run.round == 1 and self.step == self.programme.steps[0]


def show_step(shown: Shown, words: Wording) -> Answer:
    """The question, and below it what one can do, or what one did."""
    step, programme = shown.step, shown.programme
    title = f"{programme.name}: {step.title}"
    found = [
        *(show_opening(programme) if shown.is_first else []),
        blocks.context(f"{escape(programme.name)} · {_say_day(step, programme)}"),
        blocks.header(step.title),
        *_show_again(shown, words),
        *blocks.sections(fill(step.text, **name_levels(shown.reader, words))),
    ]
    if shown.run.state == "stopped" and not shown.answers.has(step.id):
        return Answer(title, [*found, show_stopped(words)])
    if shown.answers.has(step.id) and not shown.reopened:
        return Answer(title, [*found, *_answered(shown, words)])
    row = blocks.actions(_buttons(shown))
    hint = [blocks.context(words.say(FILE, "how_to_answer"))] if step.answer == "text" else []
    return Answer(title, [*found, row, *hint])


def show_answers(programme: Programme, run: Run, answers: Answers, words: Wording) -> Answer:
    """Everything answered in a run, for its owner."""
    title = words.say(FILE, "answers_title", programme=programme.name)
    problem = next((one for one in programme.problems if one.id == run.problem), None)
    titles = {step.id: step.title for step in programme.steps}
    if problem:
        titles = {ANSWER: problem.title, PLACE: "Where you placed it"}
    found: list[Block] = [blocks.section(title)]
    for step, name in titles.items():
        if text := answers.text(step):
            found += [blocks.section(f"*{escape(name)}*"), *quote(text, WHOLE)]
    if len(found) == 1:
        found.append(blocks.section(words.say(FILE, "answers_none")))
    return Answer(title, [*found[:MOST_BLOCKS], blocks.context(words.say(FILE, "answers_private"))])


def show_closing(programme: Programme, run: Run, answers: Answers) -> Answer:
    """The end, with what one may want next."""
    text = fill(programme.closing, count=answers.count)
    row = [blocks.button("Your answers", "programme:answers", run.id)]
    if run.problem:
        row.insert(0, blocks.button("Another problem", "programme:next", run.id, primary=True))
    return Answer(text.split("\n", 1)[0], [*blocks.sections(text), blocks.actions(row)])


def show_all(
    programmes: Iterable[Programme],
    running: Sequence[tuple[Run, Programme, Answers]],
    ended: Sequence[tuple[Run, Programme]],
    words: Wording,
    note: str = "",
) -> Answer:
    """What one is in the middle of, all there are to choose from, and what one can read again."""
    said = note or words.say(FILE, "choose")
    found: list[Block] = []
    for run, programme, answers in running:
        where = say_where(run, programme, answers, words)
        found += [blocks.section(where), blocks.actions(_run_buttons(run))]
    busy = {programme.id for _, programme, _ in running}
    if note or not running:
        found.insert(0, blocks.section(said))
    else:
        found.append(blocks.section(words.say(FILE, "choose_more")))
    found += [_offer(programme) for programme in programmes if programme.id not in busy]
    if ended:
        row = [
            blocks.button(f"{programme.name}, {_day(run)}", f"programme:answers:{n}", run.id)
            for n, (run, programme) in enumerate(ended[:5])
        ]
        found += [blocks.section(words.say(FILE, "choose_ended")), blocks.actions(row)]
    return Answer(said, found[:MOST_BLOCKS])


def say_where(run: Run, programme: Programme, answers: Answers, words: Wording) -> Mrkdwn:
    """Which step someone is at."""
    problem = next((one.title for one in programme.problems if one.id == run.problem), "")
    step = next((one for one in programme.steps if one.id not in answers.steps), None)
    at, day = (step.title, step.day) if step else (problem, 0)
    return words.say(FILE, "where", programme=programme.name, step=at, day=day, count=answers.count)


def offer_resume(run: Run, programme: Programme, answers: Answers, words: Wording) -> Answer:
    """It was begun before: go on, or from the beginning."""
    message = "is_running" if run.state == "running" else "was_stopped"
    step = next((one.title for one in programme.steps if one.id not in answers.steps), "")
    said = words.say(FILE, message, programme=programme.name, step=step)
    row = [
        blocks.button("Go on there", "programme:resume", run.id, primary=True),
        blocks.button("Begin anew", "programme:anew", run.id),
        blocks.button("Your answers", "programme:answers", run.id),
    ]
    return Answer(said, [blocks.section(said), blocks.actions(row)])


def offer_names(said: Mrkdwn, found: Iterable[Programme]) -> Answer:
    return Answer(said, [blocks.section(said), *map(_offer, found)])


def say(text: Mrkdwn) -> Answer:
    return Answer(text, blocks.sections(text))


def name_levels(reader: Reader | None, words: Wording) -> dict[str, str]:
    """How texts speak of the two levels."""
    target, current = (reader.target, reader.current) if reader else (None, None)
    return {
        "level": target.title if target else words.say(FILE, "your_next_level"),
        "current": current.title if current else words.say(FILE, "your_level_now"),
    }


def quote(text: str, length: int) -> list[Block]:
    """Someone's own words."""
    return blocks.sections("\n".join(f">{line}" for line in show(shorten(text, length)).split("\n")))


def option_of(step: Step, option_id: str) -> tuple[str, str]:
    """Label and reply of an option; empty where it is gone."""
    found = next((one for one in step.options if one.id == option_id), None)
    return (found.label, found.says) if found else ("", "")


def show_stopped(words: Wording) -> Block:
    """In place of the buttons of what was asked and not answered."""
    return blocks.context(words.say(FILE, "stopped_here"))


def show_opening(programme: Programme) -> list[Block]:
    return [*blocks.sections(fill(programme.opening)), blocks.divider()]


def _say_day(step: Step, programme: Programme) -> str:
    last = programme.steps[-1].day
    if step.day == 0:
        return "first day" if last else "today"
    return f"day {step.day} of {last}"


def _day(run: Run) -> str:
    return f"{run.started_on.day} {run.started_on:%b}"


def _show_again(shown: Shown, words: Wording) -> list[Block]:
    """What was written in an earlier step that this one comes back to."""
    text = shown.answers.text(shown.step.shows) if shown.step.shows else ""
    before = find_step(shown.programme, shown.step.shows)
    if not text or before is None:
        return []
    return [blocks.section(words.say(FILE, "shown_again", day=before.day)), *quote(text, WHOLE)]


def _answered(shown: Shown, words: Wording) -> list[Block]:
    """What was answered, what a click brought, and the way to change it."""
    step, text = shown.step, shown.answers.text(shown.step.id)
    found = quote(text, QUOTE) if text else []
    if step.answer == "none":
        return blocks.sections(shown.said) if shown.said else found
    if not text:
        found = [blocks.context(words.say(FILE, "passed"))]
    if shown.said:
        found += blocks.sections(shown.said)
    row = [blocks.button("Change my answer" if text else "Answer after all", "programme:change", shown.key)]
    if step.answer == "meaning" and text:
        row.insert(0, blocks.button("Show it to my manager", "programme:show-to", shown.key, primary=True))
    return [*found, blocks.actions(row)]


def _buttons(shown: Shown) -> list[Block]:
    step, key = shown.step, shown.key
    skip = blocks.button("Pass on this one", "programme:pass", key)
    if step.answer == "choice":
        options = [
            blocks.button(option.label, f"programme:choose:{n}", f"{key}|{option.id}")
            for n, option in enumerate(step.options)
        ]
        return [*options, skip]
    if step.answer == "none":
        return [blocks.button("Go on", "programme:go-on", key, primary=True)]
    if step.answer == "levels":
        row = [blocks.button("Set my levels", "programme:levels", key, primary=True)]
        if shown.reader and shown.reader.target and shown.reader.current:
            row.append(blocks.button("They are right as they are", "programme:same-levels", key))
        return [*row, skip]
    if step.answer == "meaning":
        return [blocks.button("Choose and write", "programme:means", key, primary=True), skip]
    return [blocks.button("Answer", "programme:answer", key, primary=True), skip]


def _run_buttons(run: Run) -> list[Block]:
    return [
        blocks.button("Go on now", "programme:resume", run.id),
        blocks.button("Your answers", "programme:answers", run.id),
        blocks.button("Stop", "programme:stop", run.id),
    ]


def _offer(programme: Programme) -> Block:
    begin = blocks.button("Begin", "programme:begin", programme.id)
    return blocks.section(f"*{escape(programme.name)}*\n{escape(programme.summary)}", begin)
