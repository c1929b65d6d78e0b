"""A delivery, and what can become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

State = Literal["pending", "claimed", "sending", "sent", "dropped", "failed"]
"""`claimed`: being made ready. `sending`: Slack may have it already; only asking Slack can tell."""
OVER: frozenset[State] = frozenset({"sent", "dropped", "failed"})

UNGRANTED = frozenset({"missing_scope", "not_allowed_token_type"})
"""Slack's codes for what an app may not do; it may do the rest."""

# Not about this message: whoever runs Rung mends it, and what is owed waits that long.
MENDED_ELSEWHERE = UNGRANTED | {
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "org_login_required",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
}
LEASE = timedelta(seconds=120)
"""After this a claim counts as left behind; longer than the timeout of a call (30 s) by far."""

PER_MINUTE = 200
"""Messages a workspace is sent in a minute; Slack takes “several hundred” before it asks to wait."""

EVENT_TYPE = "rung_delivery"
"""Names the delivery in a message's metadata, which anyone in the workspace may read: an id, no words."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to come. `once` makes it unique in the workspace; `about` holds ids, never words.

    `look_from`: composed from then on, to see whether its time comes sooner or later than thought.
    """

    workspace: str
    user: str
    kind: str
    once: str
    due_at: datetime
    about: Mapping[str, Any] = field(default_factory=dict)
    look_from: datetime | None = None


class Delivery(NamedTuple):
    """A message owed, as the database has it. `channel` and `ts` stand once they are known.

    A tuple, as its outcome is: everything due has one of each, and a dataclass takes four times as long.
    """

    workspace: str
    id: str
    user: str
    kind: str
    about: Mapping[str, Any]
    state: State
    due_at: datetime
    attempts: int = 0
    channel: str = ""
    thread: str = ""
    ts: str = ""
    file: str = ""
    sending_at: datetime | None = None


class Post(NamedTuple):
    """A message to send; a user id as channel means their DM. `thread` is the ts of its first message."""

    channel: str
    text: str
    blocks: Sequence[Mapping[str, Any]] = ()
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """What a message says from now on."""

    channel: str
    ts: str
    text: str
    blocks: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class React:
    """A reaction to add; one that is there already is fine."""

    channel: str
    ts: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to put into a conversation; a user id as channel means their DM."""

    channel: str
    name: str
    content: bytes
    title: str
    comment: str = ""
    alt_text: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """It no longer makes sense; `reason` is a word for the operator."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now."""

    at: datetime


Repeatable = Update | React
"""Doing these twice is doing them once."""
Sending = Post | Upload | Repeatable
Composed = Sending | Drop | Later


class Letter(NamedTuple):
    """A delivery ready to be sent. `address` takes the content of a file; empty where there is none."""

    delivery: Delivery
    sending: Sending
    address: str = ""


ABOUT_PERSON = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
"""Slack's codes for a DM that will not come about again by itself: they left, or are not a person."""


class Outcome(NamedTuple):
    """What became of a delivery that was taken up."""

    delivery: Delivery
    state: State
    channel: str = ""
    ts: str = ""
    reason: str = ""
    again_at: datetime | None = None
    """For `pending`: when to try again. For `sending`: when to ask Slack what happened."""

    @property
    def person_is_gone(self) -> bool:
        """Did Slack refuse it because of the person? A channel that is gone tells nothing of anyone."""
        place = self.channel or self.delivery.channel
        is_dm = place == self.delivery.user or place.startswith("D")
        return self.state == "failed" and self.reason in ABOUT_PERSON and is_dm
