"""The state of the workspace by itself."""

import asyncio
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.playground.manifest import read_manifest
from tests.playground.stage import ANA, BEN, GENERAL, MANIFEST, build_world, home, modal


def test_no_two_messages_have_the_same_ts_and_later_ones_are_larger() -> None:
    world = build_world()
    world.now = lambda: 1_700_000_000.0
    stamps = [world.add_message(GENERAL, ANA, "x").ts for _ in range(100)]
    assert stamps[0] == "1700000000.000000"
    assert stamps == sorted(set(stamps))


def test_ts_never_go_back_with_the_clock() -> None:
    world = build_world()
    world.now = lambda: 1_700_000_000.0
    first = world.next_ts()
    world.now = lambda: 1_600_000_000.0
    assert world.next_ts() > first


def test_people_see_what_is_there_for_them() -> None:
    world = build_world()
    world.add_message(GENERAL, ANA, "For all")
    world.add_message(GENERAL, ANA, "For Ben", seen_only_by=BEN)
    world.add_message(GENERAL, ANA, "Gone", deleted=True)
    assert [message.text for message in world.messages(GENERAL, ANA)] == ["For all"]
    assert [message.text for message in world.messages(GENERAL, BEN)] == ["For all", "For Ben"]


def test_two_people_have_one_direct_message_whoever_asks() -> None:
    world = build_world()
    im = world.im_between(ANA, BEN)
    assert world.im_between(BEN, ANA) is im
    assert im in world.conversations_of(ANA)


async def test_a_change_wakes_who_waits_for_it() -> None:
    world = build_world()
    asyncio.get_running_loop().call_soon(world.add_message, GENERAL, ANA, "x")
    assert await world.changed(world.version, 10) == 1


async def test_who_waits_for_a_change_that_was_or_never_comes_is_not_kept() -> None:
    world = build_world()
    world.add_message(GENERAL, ANA, "x")
    assert await world.changed(0, 10) == 1
    assert await world.changed(1, 0) == 1


def test_every_visible_change_raises_the_version() -> None:
    world = build_world()
    versions = [world.version]
    for change in (
        lambda: world.im_between(ANA, BEN),
        lambda: world.add_message(GENERAL, ANA, "x"),
        lambda: world.publish_home(ANA, home()),
        lambda: world.open_modal(ANA, modal()),
        lambda: world.push_modal(ANA, modal()),
        lambda: world.close_modal(world.modals(ANA)[-1]),
        lambda: world.close_modals(ANA),
    ):
        change()
        versions.append(world.version)
    assert versions == sorted(set(versions))


def test_a_manifest_is_read_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_text(
        "display_information: {name: Rung}\n"
        "features: {slash_commands: [{command: /ladder, description: Looks up, should_escape: true}]}\n"
        "oauth_config: {scopes: {bot: [chat:write]}}\n"
        "settings: {event_subscriptions: {bot_events: [message.im]}, socket_mode_enabled: true}\n"
    )
    manifest = read_manifest(path)
    assert manifest.commands["/ladder"].should_escape
    assert (manifest.scopes, manifest.events) == (["chat:write"], ["message.im"])
    assert not manifest.app_home.home_tab_enabled
    assert not manifest.is_interactive


@pytest.mark.parametrize("command", ["ladder", "/", "/" + "x" * 32])
def test_a_command_slack_would_not_register_is_refused(command: str) -> None:
    features = {"slash_commands": [{"command": command, "description": "x"}]}
    with pytest.raises(ValidationError):
        read_manifest(MANIFEST | {"features": features})
