"""Block Kit's elements with the limits Slack documents for each."""

from collections import Counter
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import Field, model_validator

from bot.playground.composition import (
    ActionId,
    Confirm,
    ConversationFilter,
    Date,
    DispatchActionConfig,
    FormattedOption,
    Option,
    OptionGroup,
    OverflowOption,
    Part,
    Plain75,
    Plain150,
    SlackFile,
    Time,
    Url,
    broken,
)


class Element(Part):
    action_id: ActionId | None = None


class Confirmed(Element):
    confirm: Confirm | None = None


class Button(Confirmed):
    type: Literal["button"]
    text: Plain75
    value: str | None = Field(None, max_length=2000)
    url: Url | None = None
    style: Literal["primary", "danger"] | None = None
    accessibility_label: str | None = Field(None, max_length=75)


class Overflow(Confirmed):
    type: Literal["overflow"]
    options: list[OverflowOption] = Field(min_length=1, max_length=5)


class Focusable(Confirmed):
    focus_on_load: bool | None = None


class Menu(Focusable):
    placeholder: Plain150 | None = None


class StaticMenu(Menu):
    options: list[Option] | None = Field(None, min_length=1, max_length=100)
    option_groups: list[OptionGroup] | None = Field(None, min_length=1, max_length=100)

    @model_validator(mode="after")
    def _options_or_groups(self) -> Self:
        if (self.options is None) == (self.option_groups is None):
            raise broken("must define either `options` or `option_groups`")
        return self

    def every_option(self) -> list[Option]:
        groups = self.option_groups or []
        return [*(self.options or []), *(option for group in groups for option in group.options)]


class StaticSelect(StaticMenu):
    type: Literal["static_select"]
    initial_option: Option | None = None

    @model_validator(mode="after")
    def _initial_is_offered(self) -> Self:
        offered([self.initial_option] if self.initial_option else [], self.every_option())
        return self


class MultiStaticSelect(StaticMenu):
    type: Literal["multi_static_select"]
    initial_options: list[Option] | None = Field(None, min_length=1)
    max_selected_items: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _initial_are_offered(self) -> Self:
        offered(self.initial_options or [], self.every_option())
        return self


class UsersSelect(Menu):
    type: Literal["users_select"]
    initial_user: str | None = None


class MultiUsersSelect(Menu):
    type: Literal["multi_users_select"]
    initial_users: list[str] | None = None
    max_selected_items: int | None = Field(None, ge=1)


class ConversationsSelect(Menu):
    type: Literal["conversations_select"]
    initial_conversation: str | None = None
    default_to_current_conversation: bool | None = None
    filter: ConversationFilter | None = None


class RadioButtons(Focusable):
    type: Literal["radio_buttons"]
    options: list[FormattedOption] = Field(min_length=1, max_length=10)
    initial_option: FormattedOption | None = None

    @model_validator(mode="after")
    def _initial_is_offered(self) -> Self:
        offered([self.initial_option] if self.initial_option else [], self.options)
        return self


class Checkboxes(Focusable):
    type: Literal["checkboxes"]
    options: list[FormattedOption] = Field(min_length=1, max_length=10)
    initial_options: list[FormattedOption] | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _initial_are_offered(self) -> Self:
        offered(self.initial_options or [], self.options)
        return self


def offered(initial: list[Any], options: list[Any]) -> None:
    if any(option not in options for option in initial):
        raise broken("initial option must exactly match one of the options")


class Datepicker(Menu):
    type: Literal["datepicker"]
    initial_date: Date | None = None


class Timepicker(Menu):
    type: Literal["timepicker"]
    initial_time: Time | None = None
    timezone: str | None = None

    @model_validator(mode="after")
    def _zone_exists(self) -> Self:
        if self.timezone and self.timezone not in available_timezones():
            raise broken("invalid timezone")
        return self


class PlainTextInput(Element):
    type: Literal["plain_text_input"]
    placeholder: Plain150 | None = None
    initial_value: str | None = Field(None, max_length=3000)
    multiline: bool | None = None
    min_length: int | None = Field(None, ge=0, le=3000)
    max_length: int | None = Field(None, ge=1, le=3000)
    dispatch_action_config: DispatchActionConfig | None = None
    focus_on_load: bool | None = None

    @model_validator(mode="after")
    def _lengths_agree(self) -> Self:
        if self.min_length and self.max_length and self.min_length > self.max_length:
            raise broken("min_length must not be greater than max_length")
        return self


class Picture(Part):
    """An image, as an element or as a block: from a URL or from a file in Slack."""

    type: Literal["image"]
    alt_text: str = Field(max_length=2000)
    image_url: Url | None = None
    slack_file: SlackFile | None = None

    @model_validator(mode="after")
    def _url_or_file(self) -> Self:
        if (self.image_url is None) == (self.slack_file is None):
            raise broken("must define either `image_url` or `slack_file`")
        return self


Choice = (
    StaticSelect | UsersSelect | ConversationsSelect | RadioButtons | Checkboxes | Datepicker | Timepicker
)
Clickable = Annotated[Button | Overflow | Choice, Field(discriminator="type")]
Several = MultiStaticSelect | MultiUsersSelect
Accessory = Annotated[Button | Overflow | Choice | Several | Picture, Field(discriminator="type")]
Input = Annotated[PlainTextInput | Choice | Several, Field(discriminator="type")]


def repeated(ids: list[str | None]) -> list[str]:
    return [each for each, count in Counter(each for each in ids if each).items() if count > 1]
