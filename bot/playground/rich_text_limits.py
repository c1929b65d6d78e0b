"""The parts of a rich_text block with the limits Slack documents for each."""

from typing import Annotated, Literal

from pydantic import Field

from bot.playground.composition import Part, Url

StyleName = Literal["bold", "italic", "strike", "code", "underline", "highlight", "client_highlight"]
Border = Annotated[int, Field(ge=0, le=1)]


class Leaf(Part):
    style: dict[StyleName, bool] | None = None


class TextLeaf(Leaf):
    type: Literal["text"]
    text: str = Field(min_length=1)


class LinkLeaf(Leaf):
    type: Literal["link"]
    url: Url
    text: str | None = None
    unsafe: bool | None = None


class UserLeaf(Leaf):
    type: Literal["user"]
    user_id: str


class UsergroupLeaf(Leaf):
    type: Literal["usergroup"]
    usergroup_id: str


class TeamLeaf(Leaf):
    type: Literal["team"]
    team_id: str


class ChannelLeaf(Leaf):
    type: Literal["channel"]
    channel_id: str


class EmojiLeaf(Leaf):
    type: Literal["emoji"]
    name: str
    unicode: str | None = None
    skin_tone: int | None = None


class BroadcastLeaf(Leaf):
    type: Literal["broadcast"]
    range: Literal["here", "channel", "everyone"]


class ColorLeaf(Leaf):
    type: Literal["color"]
    value: str


class DateLeaf(Leaf):
    type: Literal["date"]
    timestamp: int
    format: str
    url: Url | None = None
    fallback: str | None = None


Mention = UserLeaf | UsergroupLeaf | TeamLeaf | ChannelLeaf | BroadcastLeaf
AnyLeaf = Annotated[
    TextLeaf | LinkLeaf | Mention | EmojiLeaf | ColorLeaf | DateLeaf, Field(discriminator="type")
]


class RichTextSection(Part):
    type: Literal["rich_text_section"]
    elements: list[AnyLeaf]


class RichTextList(Part):
    type: Literal["rich_text_list"]
    style: Literal["bullet", "ordered"]
    elements: list[RichTextSection]
    indent: int | None = Field(None, ge=0)
    offset: int | None = Field(None, ge=0)
    border: Border | None = None


class RichTextQuote(Part):
    type: Literal["rich_text_quote"]
    elements: list[AnyLeaf]
    border: Border | None = None


class RichTextPreformatted(Part):
    type: Literal["rich_text_preformatted"]
    elements: list[AnyLeaf]
    language: str | None = None
    border: Border | None = None


RichTextPart = Annotated[
    RichTextSection | RichTextList | RichTextQuote | RichTextPreformatted, Field(discriminator="type")
]
