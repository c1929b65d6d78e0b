"""What reaches the bot besides people in its own workspace who type and click as they should."""

import time

from bot.playground import payloads
from bot.playground.world import Json
from tests.slack.signed import command, deliver, post, press
from tests.support.workspace import ANA, BEN, Workspace

FORM = "application/x-www-form-urlencoded"
STAFF = b"command=%2Fladder&text=target+staff&team_id={team}&user_id=UANA"
ELSEWHERE = "TELSEWHERE"


def typed_body(workspace: Workspace) -> bytes:
    return STAFF.replace(b"{team}", workspace.world.team_id.encode())


async def nothing_was_set(workspace: Workspace) -> bool:
    return "I don't know your level" in await workspace.type("/ladder")


# --- signatures


async def test_a_signed_request_is_answered(workspace: Workspace) -> None:
    reply = await post(workspace, typed_body(workspace), FORM)
    assert reply.status == 200
    assert "is your target now" in reply.content["text"]


async def test_a_request_that_is_not_slacks_is_refused_and_does_nothing(workspace: Workspace) -> None:
    body = typed_body(workspace)
    assert (await post(workspace, body, FORM, secret="another-secret")).status == 401
    for signature in ("", "v0=", "v0=" + "0" * 64, "v0=é"):
        forged = {"X-Slack-Signature": signature}
        assert (await post(workspace, body, FORM, headers=forged)).status == 401, signature
    assert await nothing_was_set(workspace)


async def test_a_request_of_another_time_is_refused_and_does_nothing(workspace: Workspace) -> None:
    now = int(time.time())
    for timestamp in (str(now - 330), str(now + 330), "yesterday", "", "-1", "1.5", "٣", "9" * 40):
        reply = await post(workspace, typed_body(workspace), FORM, timestamp=timestamp)
        assert reply.status == 401, timestamp
    assert await nothing_was_set(workspace)


async def test_a_broken_body_is_refused(workspace: Workspace) -> None:
    assert (await post(workspace, b'{"type": "event_call', "application/json")).status == 400
    assert (await post(workspace, b"payload=%7Bbroken", FORM)).status == 400


async def test_a_body_that_is_no_text_is_refused(workspace: Workspace) -> None:
    assert (await post(workspace, b"\xff\xfe\x00", FORM)).status in (400, 401)


async def test_a_body_that_says_nothing_does_no_harm(workspace: Workspace) -> None:
    for body in (b"", b"{}"):
        assert (await post(workspace, body, "application/json")).status < 500
        assert (await post(workspace, b"payload=" + body, FORM)).status < 500


# --- other workspaces


async def test_a_command_of_another_workspace_sees_nothing_of_this_one(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    reply = await deliver(workspace, "slash_commands", command(workspace, "", team_id=ELSEWHERE))
    assert reply.status == 200
    assert "isn't installed in this workspace" in reply.text
    assert "Staff Engineer" not in reply.text


async def test_a_command_of_another_workspace_changes_nothing_here(workspace: Workspace) -> None:
    await deliver(workspace, "slash_commands", command(workspace, "target staff", team_id=ELSEWHERE))
    assert await nothing_was_set(workspace)


async def test_events_of_another_workspace_are_not_answered(workspace: Workspace) -> None:
    event = message_event(workspace, "ladder staff")
    reply = await deliver(workspace, "events_api", {**event, **of_team(ELSEWHERE)})
    assert reply.status == 200
    assert workspace.messages(place=workspace.dm()) == []


def of_team(team: str) -> Json:
    return {"team_id": team, "context_team_id": team, "authorizations": [{"team_id": team}]}


def message_event(workspace: Workspace, text: str) -> Json:
    content = {"type": "message", "user": ANA.id, "text": text, "channel_type": "im", "ts": "1.000001"}
    return payloads.event(workspace.world, {**content, "channel": workspace.dm()})


def stranger() -> Json:
    return {"id": ANA.id, "username": "ana", "name": "ana", "team_id": ELSEWHERE}


async def test_a_guest_of_another_workspace_with_the_same_id_is_someone_else(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await press(workspace, "ladder:run:0", "artsy me", user=stranger())
    assert "I don't know your level" in workspace.read()


async def test_what_such_a_guest_presses_changes_nothing_for_the_person_here(workspace: Workspace) -> None:
    await press(workspace, "ladder:target", "artsy ic6", user=stranger())
    assert "is your target now" in workspace.read()
    assert await nothing_was_set(workspace)


# --- things nobody asked for


async def test_an_unknown_command_is_answered_kindly(workspace: Workspace) -> None:
    reply = await deliver(workspace, "slash_commands", command(workspace, "", name="/unheard"))
    assert reply.status == 200
    assert reply.content["text"] == "I don't know `/unheard` yet. Try `/ladder help`."


async def test_an_unknown_button_says_so(workspace: Workspace) -> None:
    for action in ("unheard", "unheard:of", "ladder", "ladder:unheard", "", ":"):
        before = len(workspace.messages())
        assert (await press(workspace, action, "artsy ic6")).status == 200
        assert len(workspace.messages()) == before + 1, action
        assert "no longer does anything" in workspace.read(), action


async def test_a_button_with_an_outdated_value_is_answered_in_words(workspace: Workspace) -> None:
    for action in ("ladder:run:0", "ladder:use:0", "ladder:target", "ladder:share"):
        for value in ("", "artsy", "artsy no-such-level", "nothing here", " ", "artsy ic6 ic7"):
            before = len(workspace.messages())
            assert (await press(workspace, action, value)).status == 200
            assert len(workspace.messages()) > before, (action, value)
            assert "Something went wrong" not in workspace.read(), (action, value)


async def test_an_unknown_form_says_so(workspace: Workspace) -> None:
    view = {"type": "modal", "callback_id": "unheard", "state": {"values": {}}}
    written = payloads.interaction(workspace.world, "view_submission", ANA.id, trigger_id="1.1.1", view=view)
    reply = await deliver(workspace, "interactive", written)
    assert reply.status == 200
    assert "no longer does anything" in str(reply.content["view"])


async def test_other_interactions_are_acknowledged(workspace: Workspace) -> None:
    view = {"callback_id": "unheard", "state": {"values": {}}}
    more = {"callback_id": "unheard", "view": view, "action_id": "a", "block_id": "b", "value": ""}
    for kind in ("view_closed", "shortcut", "message_action", "block_suggestion"):
        written = payloads.interaction(workspace.world, kind, ANA.id, trigger_id="1.1.1", **more)
        assert (await deliver(workspace, "interactive", written)).status == 200


async def test_events_nobody_listens_to_are_acknowledged(workspace: Workspace) -> None:
    about = {"user": ANA.id, "channel": "CGENERAL", "channel_type": "channel", "text": "x"}
    for kind in ("reaction_added", "team_join", "app_uninstalled", "message"):
        event = payloads.event(workspace.world, {"type": kind, **about})
        assert (await deliver(workspace, "events_api", event)).status == 200
    assert workspace.messages() == []


async def test_slack_verifying_the_address_gets_its_challenge_back(workspace: Workspace) -> None:
    body = b'{"type": "url_verification", "challenge": "a-challenge", "token": "t"}'
    reply = await post(workspace, body, "application/json")
    assert reply.status == 200
    assert "a-challenge" in reply.text


async def test_two_people_at_once_get_each_their_own(workspace: Workspace) -> None:
    await workspace.type("/ladder current ic5", ANA)
    await workspace.type("/ladder current ic3", BEN)
    assert "*Now:* *Senior Engineer 2* (IC5)" in await workspace.type("/ladder", ANA)
    assert "*Now:* *Engineer 2* (IC3)" in await workspace.type("/ladder", BEN)
