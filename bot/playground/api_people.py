"""Web API methods about people: users.*, dnd.*."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playground import payloads
from bot.playground.call import Call, Method
from bot.playground.limits import Refused
from bot.playground.world import Json, User, World

MOST_AT_ONCE = 50
NEVER: Json = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def user_info(call: Call) -> Json:
    return {"user": payloads.full_user(call.world, find_user(call.world, call.required("user")))}


def user_by_email(call: Call) -> Json:
    wanted = call.required("email").casefold()
    found = (user for user in call.world.users.values() if user.email.casefold() == wanted)
    user = next((user for user in found if not user.deleted), None)
    if user is None:
        raise Refused("users_not_found")
    return {"user": payloads.full_user(call.world, user)}


def dnd_info(call: Call) -> Json:
    user = find_user(call.world, call.text("user") or call.world.bot_user_id)
    return do_not_disturb(call.world, user) | {"snooze_enabled": False}


def dnd_team_info(call: Call) -> Json:
    """People it does not know are left out."""
    asked = [each.strip() for each in call.text("users").split(",") if each.strip()]
    if not asked:
        raise Refused("no_users_provided")
    known = (call.world.users.get(each) for each in asked[:MOST_AT_ONCE])
    return {"users": {user.id: do_not_disturb(call.world, user) for user in known if user}}


def find_user(world: World, user_id: str) -> User:
    user = world.users.get(user_id)
    if user is None:
        raise Refused("user_not_found")
    return user


def do_not_disturb(world: World, user: User) -> Json:
    """The quiet hours of every day that end next; they may have begun."""
    if user.quiet_hours is None:
        return NEVER
    begin, end = user.quiet_hours
    now = datetime.fromtimestamp(world.now(), ZoneInfo(user.tz))
    next_end = datetime.combine(now.date(), end, now.tzinfo)
    if next_end <= now:
        next_end = datetime.combine(now.date() + timedelta(days=1), end, now.tzinfo)
    first_day = next_end.date() - timedelta(days=int(begin >= end))
    next_begin = datetime.combine(first_day, begin, now.tzinfo)
    times = {"next_dnd_start_ts": int(next_begin.timestamp()), "next_dnd_end_ts": int(next_end.timestamp())}
    return {"dnd_enabled": True, **times}


METHODS = {
    "dnd.info": Method(dnd_info, ("dnd:read",)),
    "dnd.teamInfo": Method(dnd_team_info, ("dnd:read",)),
    "users.info": Method(user_info, ("users:read",)),
    "users.lookupByEmail": Method(user_by_email, ("users:read.email",)),
}
