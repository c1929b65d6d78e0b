"""What people see of a problem to practice on: their own answer comes first, then the rest step by step."""

from __future__ import annotations

from bot.programme.model import PracticeProblem, Programme
from bot.programme.run import ANSWER, PLACE, Answers, Run
from bot.programme.showing import FILE, QUOTE, quote, show_opening, show_stopped
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import escape
from bot.slack.payloads import Answer
from bot.wording import Wording, fill


def show_problem(
    programme: Programme,
    problem: PracticeProblem,
    run: Run,
    answers: Answers,
    words: Wording,
    *,
    is_first: bool,
) -> Answer:
    """The problem; hint, rubric and model answer wait until there is an answer of one's own.

    `is_first`: it is the first they ever practice on.
    """
    key = f"{run.id}|{ANSWER}"
    found = [
        *(show_opening(programme) if is_first else []),
        blocks.context(escape(programme.name)),
        blocks.header(problem.title),
        *blocks.sections(fill(problem.problem)),
    ]
    text = answers.text(ANSWER)
    if text:
        change = blocks.button("Change my answer", "programme:answer", key)
        found += [*quote(text, QUOTE), blocks.actions([change])]
    elif run.state == "stopped":
        found.append(show_stopped(words))
    else:
        write = blocks.button("Answer", "programme:answer", key, primary=True)
        found += [blocks.actions([write]), blocks.context(words.say(FILE, "how_to_answer"))]
    return Answer(f"{programme.name}: {problem.title}", found)


def offer_hint(run: Run, text: str) -> Answer:
    """After one's own answer; `text` says that it was kept."""
    return Answer(text, [blocks.section(text), blocks.actions([_hint(run), _place(run)])])


def show_hint(problem: PracticeProblem, run: Run, words: Wording) -> Answer:
    more = blocks.context(words.say(FILE, "hint_more"))
    return Answer(
        "A hint", [*blocks.sections(f"*A hint.* {fill(problem.hint)}"), blocks.actions([_place(run)]), more]
    )


def show_rubric(problem: PracticeProblem, run: Run, words: Wording) -> Answer:
    """The steps from weakest to strongest, a button each."""
    said = words.say(FILE, "rubric_ask")
    lines = [f"*{n}. {escape(one.title)}*\n{escape(one.text)}" for n, one in enumerate(problem.rubric, 1)]
    row = [
        blocks.button(f"{n + 1}. {one.title}", f"programme:placed:{n}", f"{run.id}|{PLACE}|{n}")
        for n, one in enumerate(problem.rubric)
    ]
    return Answer(said, [blocks.section(said), *map(blocks.section, lines), blocks.actions(row)])


def show_model(problem: PracticeProblem, answers: Answers, words: Wording) -> Answer:
    """Where one placed oneself, and how an experienced leader might have answered."""
    said = words.say(FILE, "placed", title=answers.text(PLACE))
    return Answer(said, [blocks.section(said), blocks.divider(), *blocks.sections(fill(problem.model))])


def _hint(run: Run) -> Block:
    return blocks.button("A hint", "programme:hint", run.id)


def _place(run: Run) -> Block:
    return blocks.button("Place my answer", "programme:place", run.id, primary=True)
