"""Reads an app manifest: which commands, scopes and events the app has, and how its tabs are set."""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, Field


class Command(BaseModel):
    command: str = Field(pattern="^/", min_length=2, max_length=32)
    description: str = Field(max_length=2000)
    usage_hint: str = Field("", max_length=1000)
    should_escape: bool = False


class Shortcut(BaseModel):
    """Begun from a message's menu, or from anywhere."""

    name: str = Field(min_length=1, max_length=24)
    type: Literal["message", "global"]
    callback_id: str = Field(min_length=1, max_length=255)
    description: str = Field(max_length=150)


class DisplayInformation(BaseModel):
    name: str = Field("Bot", min_length=1, max_length=35)
    description: str = Field("", max_length=140)


class AppHome(BaseModel):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = True
    messages_tab_read_only_enabled: bool = False


class BotUser(BaseModel):
    display_name: str = Field("bot", max_length=80)


class Features(BaseModel):
    app_home: AppHome = AppHome()
    bot_user: BotUser = BotUser()
    slash_commands: list[Command] = Field([], max_length=50)
    shortcuts: list[Shortcut] = Field([], max_length=10)


class Scopes(BaseModel):
    bot: list[str] = Field([], max_length=255)


class OAuthConfig(BaseModel):
    scopes: Scopes = Scopes()


class EventSubscriptions(BaseModel):
    bot_events: list[str] = Field([], max_length=100)


class Interactivity(BaseModel):
    is_enabled: bool = False


class Settings(BaseModel):
    event_subscriptions: EventSubscriptions = EventSubscriptions()
    interactivity: Interactivity = Interactivity()


# an event comes only to an app that may read what it is about
EVENT_SCOPES = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
}


class Manifest(BaseModel):
    """What this Slack honours of a manifest; everything else in it is left alone."""

    display_information: DisplayInformation = DisplayInformation()
    features: Features = Features()
    oauth_config: OAuthConfig = OAuthConfig()
    settings: Settings = Settings()

    @property
    def commands(self) -> dict[str, Command]:
        return {command.command: command for command in self.features.slash_commands}

    @property
    def scopes(self) -> list[str]:
        return self.oauth_config.scopes.bot

    @property
    def events(self) -> list[str]:
        return self.settings.event_subscriptions.bot_events

    def is_subscribed(self, event: str) -> bool:
        return event in self.events and EVENT_SCOPES.get(event) in (None, *self.scopes)

    @property
    def app_home(self) -> AppHome:
        return self.features.app_home

    @property
    def is_interactive(self) -> bool:
        return self.settings.interactivity.is_enabled


def read_manifest(source: Path | dict[str, Any]) -> Manifest:
    content = yaml.safe_load(source.read_text("utf-8")) if isinstance(source, Path) else source
    return Manifest.model_validate(content)
