"""The manifest of the Slack app: `manifest.yaml`, with addresses where Slack is to come by HTTP."""

from __future__ import annotations

from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parent.parent.parent / "manifest.yaml"
EVENTS = "/slack/events"


def write_manifest(url: str = "") -> str:
    """The manifest for Socket Mode as it stands, or for HTTP below `url`."""
    text = FILE.read_text()
    if not url:
        return text
    manifest, address = yaml.safe_load(text), url.rstrip("/") + EVENTS
    for command in manifest["features"]["slash_commands"]:
        command["url"] = address
    settings = manifest["settings"]
    settings["event_subscriptions"]["request_url"] = address
    settings["interactivity"]["request_url"] = address
    settings["socket_mode_enabled"] = False
    return str(yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True))
