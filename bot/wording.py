"""What Rung says: reads `prompts/`, renders it in a sandbox, strict about names it does not know."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import RootModel, ValidationError
from rapidfuzz import process

from bot.content import Finding, Place, read_document
from bot.content_library import Library
from bot.errors import ContentError
from bot.slack.mrkdwn import Mrkdwn, escape

Needs = Mapping[str, Mapping[str, frozenset[str]]]
"""File (`ladder/messages`) → message → the names its templates may use."""

Messages = Mapping[str, tuple[Template, ...]]
"""Message → its wordings."""


class PromptFile(RootModel[dict[str, str | list[str]]]):
    """Message → a wording, or a list of wordings of which one is picked."""


class Wording:
    """Says a message in the words of the prompts folder."""

    def __init__(self, library: Library[Messages]) -> None:
        self._library = library

    @property
    def in_force(self) -> Mapping[str, Messages]:
        """All messages; another object as soon as one of them changes."""
        return self._library.in_force

    def say(self, file: str, message: str, *, pick: str = "", **values: object) -> Mrkdwn:
        """The message with its values, escaped unless they are Mrkdwn; the same `pick`, the same wording."""
        wordings = self._library.in_force[file][message]
        chosen = wordings[zlib.crc32(pick.encode()) % len(wordings)]
        return Mrkdwn(chosen.render(values).strip())


def read_prompts(needs: Needs, text: str, file: str) -> Messages:
    """The messages of a prompt file. Raises ContentError with everything wrong with it."""
    document = read_document(text, file)
    known = needs.get(file.removesuffix(".yaml").removesuffix(".yml"), {})
    try:
        written = PromptFile.model_validate(document.data).root
    except ValidationError as error:
        found = [_unlike_message(part["loc"]) for part in error.errors(include_input=False)]
        raise ContentError([document.problem(f) for f in found] or document.problems) from None
    wordings = {name: [w] if isinstance(w, str) else w for name, w in written.items()}
    found = [*_check(wordings, known)]
    if found or document.problems:
        raise ContentError([*document.problems, *map(document.problem, found)])
    return {name: tuple(map(_compile, texts)) for name, texts in wordings.items()}


def check_template(
    at: Place,
    text: str,
    allowed: frozenset[str],
    needed: frozenset[str] = frozenset(),
    sample: object = 1,
) -> Iterator[Finding]:
    """What is wrong with a template: names beyond those `allowed`, a `needed` one missing, failing at all.

    It is tried with the `sample` for every value, so that what fails does so here and not before a person.
    """
    if not _SIGNS.search(text):  # plain words, as most questions are; parsing them would delay every start
        for variable in sorted(needed):
            yield Finding(at, f"`{{{{ {variable} }}}}` is missing", "write it where Rung shall fill it in")
        return
    try:
        used = meta.find_undeclared_variables(_ENVIRONMENT.parse(text))
    except TemplateSyntaxError as error:
        yield Finding(at, f"the template cannot be read: {error.message}", "see the other texts")
        return
    unknown = sorted(used - allowed)
    for variable in unknown:
        yield Finding(at, f"`{{{{ {variable} }}}}` is not known here", _nearest(variable, allowed))
    for variable in sorted(needed - used):
        yield Finding(at, f"`{{{{ {variable} }}}}` is missing", "write it where Rung shall fill it in")
    if not unknown and (complaint := _try(text, dict.fromkeys(allowed, sample))):
        yield Finding(at, f"the template fails: {complaint}", "use the names as they are, without dots")


def fill(text: str, **values: object) -> Mrkdwn:
    """A checked template with its values, escaped unless they are Mrkdwn."""
    return Mrkdwn(_compile(text).render(values).strip())


def needs_of(*slices: Mapping[str, Mapping[str, str]]) -> Needs:
    """Needs from what slices declare: file → message → names, separated by spaces."""
    return {
        file: {name: frozenset(names.split()) for name, names in messages.items()}
        for declared in slices
        for file, messages in declared.items()
    }


def prompts_parser(needs: Needs) -> partial[Messages]:
    """`read_prompts` for these needs, as a Library wants it."""
    return partial(read_prompts, needs)


def _check(wordings: Mapping[str, list[str]], known: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    for name in known.keys() - wordings.keys():
        yield Finding((), f"the message `{name}` is missing", f"write `{name}: …`; Rung says it")
    for name, texts in wordings.items():
        if name not in known:
            yield Finding((name,), f"no message is called `{name}`", _nearest(name, known))
            continue
        if not texts:
            yield Finding((name,), "has no wording", "write at least one text, or remove the list")
        for text in texts:
            yield from check_template((name,), text, known[name])


@lru_cache(maxsize=1024)  # tried in the check, and used afterwards
def _compile(text: str) -> Template:
    return _ENVIRONMENT.from_string(text)


def _try(text: str, values: Mapping[str, object]) -> str:
    try:
        _compile(text).render(values)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        return str(error)
    return ""


def _nearest(word: str, known: Any) -> str:
    near = process.extractOne(word, sorted(known), score_cutoff=60)
    names = ", ".join(sorted(known)) or "none"
    return f"did you mean `{near[0]}`?" if near else f"the names there are: {names}"


def _unlike_message(at: tuple[str | int, ...]) -> Finding:
    return Finding(at[:1], "is neither a text nor a list of texts", "write `name: |` and the text below it")


def _finish(value: object) -> str:
    return escape(value if isinstance(value, str) else str(value))


_SIGNS = re.compile(r"\{[{%#]")
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, finalize=_finish, trim_blocks=True, lstrip_blocks=True
)
