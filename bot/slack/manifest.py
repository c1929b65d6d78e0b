"""The manifest of the Slack app: `manifest.yaml`, with addresses where Slack is to come by HTTP."""

from __future__ import annotations

from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parent.parent.parent / "manifest.yaml"
EVENTS = "/slack/events"


REACTION_SCOPES = ("reactions:read", "channels:history", "groups:history")
REACTION_EVENTS = ("reaction_added", "reaction_removed")


EMAIL_SCOPES = ("users:read.email",)


def write_manifest(url: str = "", *, reactions: bool = False, email: bool = False) -> str:
    """The manifest for Socket Mode as it stands, or for HTTP below `url`.

    `reactions` adds what keeping a message by a reaction needs: reading the channels the bot is in. `email`
    lets people be found by their address.
    """
    text = FILE.read_text()
    if not url and not reactions and not email:
        return text
    manifest = yaml.safe_load(text)
    settings = manifest["settings"]
    if url:
        address = url.rstrip("/") + EVENTS
        for command in manifest["features"]["slash_commands"]:
            command["url"] = address
        settings["event_subscriptions"]["request_url"] = address
        settings["interactivity"]["request_url"] = address
        settings["socket_mode_enabled"] = False
    if reactions:
        manifest["oauth_config"]["scopes"]["bot"].extend(REACTION_SCOPES)
        settings["event_subscriptions"]["bot_events"].extend(REACTION_EVENTS)
    if email:
        manifest["oauth_config"]["scopes"]["bot"].extend(EMAIL_SCOPES)
    return str(yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True))
