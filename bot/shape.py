"""Content held against its model: what pydantic finds, said to someone who never saw the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from bot.content import REFUSED, Document, Finding, Place
from bot.errors import ContentError, Problem

ID_PATTERN = r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$"
URL_PATTERN = r"^(https?://\S+)?$"

Model = TypeVar("Model", bound=BaseModel)
Slug = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Names = Iterable[tuple[Place, str]]
"""Names with the places they stand at."""
Words = tuple[str, str]
"""What is wrong, what to do about it."""


class Part(BaseModel):
    """Part of a file. Unknown keys are refused, so that a misspelt one is an error and not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_content(
    document: Document, model: type[Model], check: Callable[[Model], Iterable[Finding]]
) -> Model:
    """The content of a document. Raises ContentError with all that is wrong with its shape and by `check`."""
    content, problems = check_shape(document, model)
    problems.extend(document.problems)
    if content is not None:
        problems.extend(map(document.problem, check(content)))
    if content is None or problems:
        raise ContentError(sorted(problems, key=lambda problem: problem.line))
    return content


def find_repeated(names: Names) -> Iterator[Finding]:
    """Names that stand for two things."""
    seen: set[str] = set()
    for at, name in names:
        if name in seen:
            yield Finding(at, f"`{name}` is taken already, further up", "give this one an id of its own")
        seen.add(name)


def check_shape(document: Document, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """The content as a model, and all that is wrong with its shape.

    Small mistakes are mended in the document's data (an unknown key left out, a long text cut, a number made
    text), so that the model may come along with its problems, to look for what else is wrong.
    """
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    problems = [document.problem(_say(document, model, e)) for e in errors if e["input"] is not REFUSED]
    for e in errors:
        _mend(document.data, _place(document, e), e)
    try:
        return model.model_validate(document.data), problems
    except ValidationError:
        return None, problems


def suggest(word: str, known: Iterable[str]) -> str:
    """`did you mean …?`, or what there is."""
    names = list(known)
    near = process.extractOne(word, names, scorer=fuzz.ratio, score_cutoff=60)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"known here: {', '.join(names)}" if names else "none is known here"


def _place(document: Document, error: ErrorDetails) -> Place:
    """Without what pydantic adds to the way in brackets: `[key]`, and the names of a union's branches."""
    place: list[str | int] = []
    value: Any = document.data
    for part in error["loc"]:
        if isinstance(part, int):
            value = value[part]
        elif isinstance(value, dict) and (part in value or not part.startswith("[")):
            value = value.get(part)
        else:
            continue
        place.append(part)
    return tuple(place)


def _say(document: Document, model: type[BaseModel], error: ErrorDetails) -> Finding:
    at = _place(document, error)
    name = str(at[-1]) if at else ""
    if error["type"] == "missing":
        return Finding(at, f"`{name}` is missing", f"add a line `{name}: …`{_describe(model, at)}")
    if error["type"] == "extra_forbidden":
        return Finding(at, f"`{name}` is not a key that is known here", suggest(name, _keys(model, at[:-1])))
    if error["loc"][-1:] == ("[key]",):
        return Finding(at, *_say_pattern(error, name))
    say = _SAYINGS.get(error["type"], _say_default)
    return Finding(at, *say(error, document.written(at)))


def _say_text(error: ErrorDetails, written: str) -> Words:
    match error["input"]:
        case None:
            return "nothing stands here", "write a text, or leave the line out"
        case list():
            return "a list stands where one text is expected", "make it one text"
        case dict():
            hint = "a `: ` inside a text makes YAML split it: put quotes around the whole text"
            return "keys and values stand where one text is expected", hint
        case bool():
            return (
                f"YAML reads `{written}` as true or false, not as text",
                f'put quotes around it: "{written}"',
            )
        case _:
            return f"YAML reads `{written}` as a number, not as text", f'put quotes around it: "{written}"'


def _say_too_long(error: ErrorDetails, _: str) -> Words:
    length, fits = len(str(error["input"]).strip()), error["ctx"]["max_length"]
    return f"{length:,} characters are too long; {fits:,} fit", f"shorten it by {length - fits:,} or split it"


def _say_pattern(error: ErrorDetails, written: str) -> Words:
    if error.get("ctx", {}).get("pattern") == URL_PATTERN:
        return f"`{written}` is not a web address", "begin with https://, without spaces"
    hint = "an id has lower-case letters, digits and hyphens, such as `ic6-helps-others`"
    return f"`{written}` cannot be an id", hint


def _say_list(error: ErrorDetails, _: str) -> Words:
    hint = "write a list: each item on a line of its own after `- `, or `[]` for none"
    return ("nothing stands here" if error["input"] is None else "a list is expected here"), hint


def _say_literal(error: ErrorDetails, written: str) -> Words:
    known = [word.strip("' ") for word in error["ctx"]["expected"].replace(" or ", ",").split(",")]
    return f"`{written or error['input']}` is not a word that is known here", suggest(written, known)


def _say_number(error: ErrorDetails, written: str) -> Words:
    limits = error.get("ctx", {})
    limit = "".join(
        f", {word} {limits[key]}" for key, word in (("ge", "at least"), ("le", "at most")) if key in limits
    )
    return (
        f"`{written or 'this'}` is not a number that fits here",
        f"write a whole number without quotes{limit}",
    )


def _say_keys(*_: object) -> Words:
    return "keys and values are expected here", "write `key: value` lines, indented by two spaces"


def _say_default(error: ErrorDetails, _: str) -> Words:
    return error["msg"], "see the README beside the file for what may stand here"


_SAYINGS: dict[str, Callable[[ErrorDetails, str], Words]] = {
    "string_type": _say_text,
    "string_too_long": _say_too_long,
    "string_too_short": lambda *_: ("nothing stands here", "write a text, or leave the line out"),
    "string_pattern_mismatch": _say_pattern,
    "tuple_type": _say_list,
    "too_short": lambda *_: ("the list is empty", "at least one is needed"),
    "literal_error": _say_literal,
    "int_type": _say_number,
    "greater_than_equal": _say_number,
    "less_than_equal": _say_number,
    "model_type": _say_keys,
    "dict_type": _say_keys,
}


def _model_at(model: type[BaseModel], at: Place) -> type[BaseModel]:
    """The model of the part at this place. Positions and names of a mapping's own lead no further."""
    for part in at:
        if part in model.model_fields:
            model = _model_in(model.model_fields[str(part)].annotation) or model
    return model


def _keys(model: type[BaseModel], at: Place) -> list[str]:
    """What may be written at this place; `for` is no name in Python and stands as an alias."""
    return [field.alias or name for name, field in _model_at(model, at).model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in found if model), None)


def _describe(model: type[BaseModel], at: Place) -> str:
    field = _model_at(model, at[:-1]).model_fields.get(str(at[-1]))
    return f" ({field.description})" if field and field.description else ""


def _mend(data: Any, at: Place, error: ErrorDetails) -> None:
    for part in at[:-1]:
        data = data[part]
    if error["type"] == "extra_forbidden":
        data.pop(at[-1], None)
    elif error["type"] == "string_too_long" and error["loc"][-1:] != ("[key]",):
        data[at[-1]] = error["input"].strip()[: error["ctx"]["max_length"]]
    elif error["type"] == "string_type" and isinstance(error["input"], bool | int | float):
        data[at[-1]] = str(error["input"])
