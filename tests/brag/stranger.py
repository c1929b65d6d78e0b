"""Someone who sends Rung what Slack would send, with ids that are not theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.people.model import PersonId
from bot.playground import payloads
from bot.playground.delivery import Kind
from bot.playground.world import Json
from tests.slack.signed import Reply, deliver, response_url
from tests.support.workspace import Workspace


@dataclass(frozen=True)
class Stranger:
    """Somebody who sends Rung what Slack would send, signed; `team` is their own workspace."""

    workspace: Workspace
    user: str
    team: str

    @property
    def person(self) -> PersonId:
        return PersonId(self.team, self.user)

    async def type(self, text: str, command: str = "/brag") -> Reply:
        world = self.workspace.world
        place = world.conversations["CGENERAL"]
        written = payloads.command(world, self.user, place, command, text)
        written["trigger_id"] = self.workspace.slack.triggers.issue(self.user)
        return await self._send("slash_commands", {**written, "team_id": self.team})

    async def click(self, action: str, value: str) -> Reply:
        pressed = {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1"}
        return await self._interact("block_actions", actions=[pressed], container={}, **self._answers())

    async def submit(self, callback: str, data: str, fields: dict[str, str]) -> Reply:
        values = {
            name: {"write": {"type": "plain_text_input", "value": text}} for name, text in fields.items()
        }
        view = {"id": f"V{callback}{data}"[:20], "type": "modal", "callback_id": callback}
        view |= {"private_metadata": data, "state": {"values": values}}  # type: ignore[dict-item]
        return await self._interact("view_submission", view=view)

    async def run(self, shortcut: str) -> Reply:
        return await self._interact("shortcut", callback_id=shortcut, action_ts="1")

    async def tell(self, **event: Any) -> Reply:
        content = {"channel_type": "im", "user": self.user, **event}
        envelope = payloads.event(self.workspace.world, content)
        return await self._send("events_api", {**envelope, "team_id": self.team})

    async def _interact(self, kind: str, **details: Any) -> Reply:
        """In a channel of two workspaces: the team is ours, the person is of another."""
        trigger = self.workspace.slack.triggers.issue(self.user)
        written = payloads.interaction(self.workspace.world, kind, self.user, trigger_id=trigger, **details)
        return await self._send("interactive", {**written, "user": {"id": self.user, "team_id": self.team}})

    def _answers(self) -> Json:
        return {"response_url": response_url(self.workspace)}

    async def _send(self, kind: Kind, payload: Json) -> Reply:
        reply = await deliver(self.workspace, kind, payload)
        await self.workspace.settle()
        return reply
