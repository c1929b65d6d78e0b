"""Block Kit's composition objects: what elements and blocks are made of, with the limits Slack documents."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError


def broken(sentence: str, error_type: str = "rule") -> PydanticCustomError:
    """An error whose sentence stands as it is behind `[ERROR]`."""
    return PydanticCustomError(error_type, "{sentence}", {"sentence": sentence})


class Part(BaseModel):
    """Anything in a block: unknown properties and nulls are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _refuse_nulls(cls, value: Any) -> Any:
        properties = value.items() if isinstance(value, dict) else ()
        empty = [name for name, content in properties if content is None]
        if empty:
            raise broken(f"must not be null: {', '.join(empty)}")
        return value


ActionId = Annotated[str, Field(min_length=1, max_length=255)]
Url = Annotated[str, Field(max_length=3000, pattern=r"^(https?|slack|mailto):")]
Date = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class PlainText(Part):
    type: Literal["plain_text"]
    text: str = Field(min_length=1, max_length=3000)
    emoji: bool | None = None


class Mrkdwn(Part):
    type: Literal["mrkdwn"]
    text: str = Field(min_length=1, max_length=3000)
    verbatim: bool | None = None


Text = Annotated[PlainText | Mrkdwn, Field(discriminator="type")]


def at_most(length: int) -> AfterValidator:
    def check(text: PlainText | Mrkdwn) -> PlainText | Mrkdwn:
        if len(text.text) > length:
            raise broken(f"must be less than {length + 1} characters", "text_too_long")
        return text

    return AfterValidator(check)


Plain24 = Annotated[PlainText, at_most(24)]
Plain30 = Annotated[PlainText, at_most(30)]
Plain75 = Annotated[PlainText, at_most(75)]
Plain100 = Annotated[PlainText, at_most(100)]
Plain150 = Annotated[PlainText, at_most(150)]
Plain2000 = Annotated[PlainText, at_most(2000)]
Text75 = Annotated[Text, at_most(75)]
Text300 = Annotated[Text, at_most(300)]
Text2000 = Annotated[Text, at_most(2000)]


class Option(Part):
    text: Plain75
    value: str = Field(min_length=1, max_length=150)
    description: Plain75 | None = None


class FormattedOption(Option):
    """In radio buttons and checkboxes mrkdwn is allowed too."""

    text: Text75  # type: ignore[assignment]
    description: Text75 | None = None  # type: ignore[assignment]


class OverflowOption(Option):
    url: Url | None = None


class OptionGroup(Part):
    label: Plain75
    options: list[Option] = Field(min_length=1, max_length=100)


class Confirm(Part):
    title: Plain100
    text: Text300
    confirm: Plain30
    deny: Plain30
    style: Literal["primary", "danger"] | None = None


class DispatchActionConfig(Part):
    trigger_actions_on: list[Literal["on_enter_pressed", "on_character_entered"]] = Field(min_length=1)


class ConversationFilter(Part):
    include: list[Literal["im", "mpim", "private", "public"]] | None = Field(None, min_length=1)
    exclude_external_shared_channels: bool | None = None
    exclude_bot_users: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise broken("must define at least one filter")
        return self


class SlackFile(Part):
    id: str | None = None
    url: Url | None = None

    @model_validator(mode="after")
    def _id_or_url(self) -> Self:
        if (self.id is None) == (self.url is None):
            raise broken("must define either `id` or `url`")
        return self
