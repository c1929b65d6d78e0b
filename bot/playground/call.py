"""One call of the Web API: its arguments, however they were encoded, and what a method is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from bot.playground.limits import Refused, parse_json
from bot.playground.slack import Slack
from bot.playground.world import Conversation, Json, World

SCOPE_KINDS = {"channel": "channels", "im": "im"}


@dataclass(frozen=True)
class Call:
    slack: Slack
    arguments: Json
    http_method: str

    @property
    def world(self) -> World:
        return self.slack.world

    def has(self, name: str) -> bool:
        return self.arguments.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.arguments.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise invalid(f"must provide a string [json-pointer:/{name}]")
        return value

    def required(self, name: str) -> str:
        if not self.has(name):
            raise invalid(f"missing required field: {name} [json-pointer:]")
        return self.text(name)

    def flag(self, name: str) -> bool:
        return self.arguments.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        value = self.arguments.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            raise invalid(f"must provide an integer [json-pointer:/{name}]") from None

    def nested(self, name: str, error_code: str) -> Any:
        return parse_json(self.arguments.get(name), error_code)

    # --- what the arguments name

    def conversation(self, name: str = "channel") -> Conversation:
        """One the bot may know of: any channel, or its own direct message with someone."""
        found = self.world.conversations.get(self.required(name))
        hidden = found and found.kind == "im" and self.world.bot_user_id not in found.members
        if found is None or hidden:
            raise Refused("channel_not_found")
        return found

    def require_membership(self, conversation: Conversation) -> None:
        if self.world.bot_user_id not in conversation.members:
            raise Refused("not_in_channel")

    def require_scope(self, *alternatives: str) -> None:
        provided = self.world.manifest.scopes
        if alternatives and not set(alternatives) & set(provided):
            raise Refused("missing_scope", needed=",".join(alternatives), provided=",".join(provided))

    def require_scope_for(self, conversation: Conversation, what: str) -> None:
        """`what` is "history" or "read"; which scope that takes depends on the kind of conversation."""
        self.require_scope(f"{SCOPE_KINDS[conversation.kind]}:{what}")


def invalid(sentence: str) -> Refused:
    return Refused("invalid_arguments", [f"[ERROR] {sentence}"])


@dataclass(frozen=True)
class Method:
    """What answers a call, the scopes of which it needs one, and whose token it takes."""

    answer: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app", "anyone"] = "bot"
    post_only: bool = False
