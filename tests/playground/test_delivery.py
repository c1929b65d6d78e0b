"""The signature under which everything is delivered."""

import time

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.signature import SignatureVerifier

from bot.playground.delivery import sign
from tests.playground.stage import ANA, GENERAL, SECRET, Clock, Stage

BODY = b"command=/ladder&text=&user_id=U1&team_id=T0001&channel_id=C1&trigger_id=1&response_url=x"


def test_the_signature_is_an_hmac_over_version_time_and_body() -> None:
    expected = SignatureVerifier("secret").generate_signature(timestamp="1531420618", body=b"a=1&b=\xc3\xa4")
    assert sign("secret", 1531420618, b"a=1&b=\xc3\xa4") == expected


async def deliver(stage: Stage, secret: str = SECRET, age: int = 0) -> int:
    """What a test does that plays someone who is not Slack; the status the bot answers with."""
    timestamp = str(int(time.time()) - age)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": sign(secret, timestamp, BODY),
    }
    url = f"{stage.slack.bot_url}/slack/events"
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(url, data=BODY) as response,
    ):
        return response.status


@pytest.mark.parametrize(
    ("secret", "age", "status"), [(SECRET, 0, 200), ("another-secret", 0, 401), (SECRET, 301, 401)]
)
async def test_a_bot_takes_only_what_is_signed_well_and_lately(
    stage: Stage, secret: str, age: int, status: int
) -> None:
    @stage.bot.command("/ladder")
    async def answer(ack: AsyncAck) -> None:
        await ack()

    assert await deliver(stage, secret, age) == status


async def test_a_delivery_from_yesterday_is_not_taken(stage: Stage, clock: Clock) -> None:
    clock.passed = -24 * 3600
    await stage.slack.send(ANA, GENERAL, "/ladder")
    assert "dispatch_failed" in stage.last(GENERAL).text
