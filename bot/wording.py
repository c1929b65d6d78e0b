"""What Rung says: reads `prompts/`, renders it in a sandbox, strict about names it does not know."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
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

Messages = Mapping[str, tuple[str, ...]]
"""Message → its wordings, checked."""


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

    def say(self, file: str, message: str, /, *, pick: str = "", **values: object) -> Mrkdwn:
        """The message with its values, escaped unless they are Mrkdwn; the same `pick`, the same wording."""
        wordings = self._library.in_force[file][message]
        return fill(wordings[zlib.crc32(pick.encode()) % len(wordings)], **values)


def read_prompts(needs: Needs, known_good: Collection[str], text: str, file: str) -> Messages:
    """The messages of a prompt file. Raises ContentError with everything wrong with it.

    Its templates are tried but where the text is `known_good` by its fingerprint: trying all of them takes
    longer than the rest of a start.
    """
    document = read_document(text, file)
    name = file.removesuffix(".yaml").removesuffix(".yml")
    known = needs.get(name, {})
    try:
        written = PromptFile.model_validate(document.data).root
    except ValidationError as error:
        found = [_unlike_message(part["loc"]) for part in error.errors(include_input=False)]
        raise ContentError([document.problem(f) for f in found] or document.problems) from None
    wordings = {name: [w] if isinstance(w, str) else w for name, w in written.items()}
    found = [*_check_names(wordings, known)]
    if fingerprint(needs, name, text) not in known_good:
        found += _check_wordings(wordings, known)
    if found or document.problems:
        raise ContentError([*document.problems, *map(document.problem, found)])
    return {name: tuple(texts) for name, texts in wordings.items()}


def fingerprint(needs: Needs, name: str, text: str) -> str:
    """Of a prompt file's text, with the names it may use and all that has a say in whether it is good."""
    known = sorted((message, sorted(names)) for message, names in needs.get(name, {}).items())
    return sha256(f"{_RULES}{known}{text}".encode()).hexdigest()


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


def fill(text: str, /, **values: object) -> Mrkdwn:
    """A checked template with its values, escaped unless they are Mrkdwn."""
    said = _compile(text).render(values) if _SIGNS.search(text) else text
    return Mrkdwn(said.strip())


def needs_of(*slices: Mapping[str, Mapping[str, str]]) -> Needs:
    """Needs from what slices declare: file → message → names, separated by spaces."""
    return {
        file: {name: frozenset(names.split()) for name, names in messages.items()}
        for declared in slices
        for file, messages in declared.items()
    }


def _check_names(wordings: Mapping[str, list[str]], known: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    for name in known.keys() - wordings.keys():
        yield Finding((), f"the message `{name}` is missing", f"write `{name}: …`; Rung says it")
    for name, texts in wordings.items():
        if name not in known:
            yield Finding((name,), f"no message is called `{name}`", _nearest(name, known))
        elif not texts:
            yield Finding((name,), "has no wording", "write at least one text, or remove the list")


def _check_wordings(
    wordings: Mapping[str, list[str]], known: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    for name in wordings.keys() & known.keys():
        for text in wordings[name]:
            yield from check_template((name,), text, known[name])


@lru_cache(maxsize=2048)  # compiled when first used
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


_RULES = sha256(Path(__file__).read_bytes() + jinja2.__version__.encode()).hexdigest()
_SIGNS = re.compile(r"\{[{%#]")
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, finalize=_finish, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.globals.clear()  # no template may use them, and they would be copied each time one is filled in
