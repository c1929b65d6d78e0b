"""Web API methods about the app itself: auth.*, apps.*, api.*."""

from bot.playground.call import Call, Method
from bot.playground.limits import Refused
from bot.playground.world import Json


def auth_test(call: Call) -> Json:
    world = call.world
    return {
        "url": f"https://{world.team_domain}.slack.com/",
        "team": world.team_name,
        "team_id": world.team_id,
        "user": world.users[world.bot_user_id].name,
        "user_id": world.bot_user_id,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


def api_test(call: Call) -> Json:
    if call.has("error"):
        raise Refused(call.text("error"), args=call.arguments)
    return {"args": call.arguments}


def open_connection(call: Call) -> Json:
    base = call.world.address.replace("http", "ws", 1)
    return {"url": f"{base}/socket/{call.slack.sockets.issue_ticket()}"}


METHODS = {
    "api.test": Method(api_test, caller="anyone"),
    "auth.test": Method(auth_test),
    "apps.connections.open": Method(open_connection, caller="app", post_only=True),
}
