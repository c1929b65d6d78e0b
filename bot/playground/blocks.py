"""Block Kit's blocks, messages, modals and Home views with the limits Slack documents for each."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.playground.composition import (
    Mrkdwn,
    Part,
    Plain24,
    Plain150,
    Plain2000,
    PlainText,
    Text,
    Text2000,
    broken,
)
from bot.playground.elements import Accessory, Clickable, Element, Input, Picture, repeated
from bot.playground.rich_text_limits import RichTextPart


class Block(Part):
    block_id: str | None = Field(None, min_length=1, max_length=255)

    def elements_inside(self) -> list[Element]:
        return []


class Section(Block):
    type: Literal["section"]
    text: Text | None = None
    fields: list[Text2000] | None = Field(None, min_length=1, max_length=10)
    accessory: Accessory | None = None
    expand: bool | None = None

    @model_validator(mode="after")
    def _text_or_fields(self) -> Self:
        if self.text is None and self.fields is None:
            raise broken("must define either `fields` or `text`")
        return self

    def elements_inside(self) -> list[Element]:
        return [self.accessory] if isinstance(self.accessory, Element) else []


class Header(Block):
    type: Literal["header"]
    text: Plain150
    level: int | None = Field(None, ge=1, le=4)


class Divider(Block):
    type: Literal["divider"]


class Actions(Block):
    type: Literal["actions"]
    elements: list[Clickable] = Field(min_length=1, max_length=25)

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        for action_id in repeated([element.action_id for element in self.elements]):
            raise broken(f"`action_id` {action_id} already exists")
        return self

    def elements_inside(self) -> list[Element]:
        return list(self.elements)


class Context(Block):
    type: Literal["context"]
    elements: list[Annotated[PlainText | Mrkdwn | Picture, Field(discriminator="type")]] = Field(
        min_length=1, max_length=10
    )


class Image(Picture, Block):
    title: Plain2000 | None = None


class InputBlock(Block):
    type: Literal["input"]
    label: Plain2000
    element: Input
    hint: Plain2000 | None = None
    optional: bool | None = None
    dispatch_action: bool | None = None

    def elements_inside(self) -> list[Element]:
        return [self.element]


class RichText(Block):
    type: Literal["rich_text"]
    elements: list[RichTextPart]


class Markdown(Block):
    type: Literal["markdown"]
    text: str = Field(min_length=1, max_length=12_000)


Anywhere = Section | Header | Divider | Actions | Context | Image | InputBlock | RichText
MessageBlock = Annotated[Anywhere | Markdown, Field(discriminator="type")]
ViewBlock = Annotated[Anywhere, Field(discriminator="type")]


class Surface(Part):
    """What holds blocks: their ids differ, and at most one element asks for the focus."""

    def all_blocks(self) -> list[Block]:
        raise NotImplementedError

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        for block_id in repeated([block.block_id for block in self.all_blocks()]):
            raise broken(f"`block_id` {block_id} already exists")
        return self

    @model_validator(mode="after")
    def _one_focus(self) -> Self:
        elements = [element for block in self.all_blocks() for element in block.elements_inside()]
        if sum(bool(getattr(element, "focus_on_load", None)) for element in elements) > 1:
            raise broken("only one element can have `focus_on_load`")
        return self


class MessageSurface(Surface):
    blocks: list[MessageBlock] = Field(max_length=50)

    def all_blocks(self) -> list[Block]:
        return list(self.blocks)

    @model_validator(mode="after")
    def _markdown_together(self) -> Self:
        if sum(len(block.text) for block in self.blocks if isinstance(block, Markdown)) > 12_000:
            raise broken("markdown blocks together must be less than 12001 characters")
        return self


class HomeSurface(Surface):
    type: Literal["home"]
    blocks: list[ViewBlock] = Field(max_length=100)
    private_metadata: str | None = Field(None, max_length=3000)
    callback_id: str | None = Field(None, max_length=255)
    external_id: str | None = Field(None, max_length=255)

    def all_blocks(self) -> list[Block]:
        return list(self.blocks)


class ModalSurface(Surface):
    type: Literal["modal"]
    title: Plain24
    blocks: list[ViewBlock] = Field(max_length=100)
    submit: Plain24 | None = None
    close: Plain24 | None = None
    private_metadata: str | None = Field(None, max_length=3000)
    callback_id: str | None = Field(None, max_length=255)
    external_id: str | None = Field(None, max_length=255)
    clear_on_close: bool | None = None
    notify_on_close: bool | None = None

    def all_blocks(self) -> list[Block]:
        return list(self.blocks)

    @model_validator(mode="after")
    def _inputs_need_submit(self) -> Self:
        if self.submit is None and any(isinstance(block, InputBlock) for block in self.blocks):
            raise broken("missing required field: submit")
        return self
