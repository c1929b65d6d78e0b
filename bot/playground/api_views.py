"""Web API methods about modals and Home: views.*; none of them needs a scope."""

from bot.playground import payloads
from bot.playground.answers import MOST_MODALS, check_modal
from bot.playground.call import Call, Method, invalid
from bot.playground.limits import Refused, check_view
from bot.playground.world import Json, View


def open_view(call: Call) -> Json:
    payload = read_modal(call)
    user_id = call.slack.triggers.redeem(call.required("trigger_id"))
    return shown(call, call.world.open_modal(user_id, payload))


def push(call: Call) -> Json:
    payload = read_modal(call)
    user_id = call.slack.triggers.redeem(call.required("trigger_id"))
    stack = call.world.modals(user_id)
    if not stack:
        raise Refused("not_found")
    if len(stack) >= MOST_MODALS:
        raise Refused("push_limit_reached")
    return shown(call, call.world.push_modal(user_id, payload))


def update(call: Call) -> Json:
    view = find_view(call)
    payload = check_view(call.arguments.get("view"))
    if payload["type"] != view.kind:
        raise invalid("must be of the type it was [json-pointer:/view/type]")
    require_hash(call, view)
    require_unique(call, payload, view)
    return shown(call, call.world.update_view(view, payload))


def publish(call: Call) -> Json:
    user_id, payload = call.required("user_id"), check_view(call.arguments.get("view"))
    if payload["type"] != "home":
        raise invalid("must be one of: home [json-pointer:/view/type]")
    if not call.world.manifest.app_home.home_tab_enabled:
        raise Refused("not_enabled")
    if user_id not in call.world.users:
        raise invalid("unknown user [json-pointer:/user_id]")
    known = call.world.home(user_id)
    if known:
        require_hash(call, known)
    require_unique(call, payload, known)
    return shown(call, call.world.publish_home(user_id, payload))


def read_modal(call: Call) -> Json:
    payload = check_modal(call.arguments.get("view"))
    require_unique(call, payload)
    return payload


def find_view(call: Call) -> View:
    if not call.has("view_id") and not call.has("external_id"):
        raise invalid("missing required field: view_id [json-pointer:]")
    asked = call.text("view_id"), call.text("external_id")
    for view in call.world.views():
        if view.id == asked[0] or (view.external_id and view.external_id == asked[1]):
            return view
    raise Refused("not_found")


def require_hash(call: Call, view: View) -> None:
    if call.has("hash") and call.text("hash") != view.hash:
        raise Refused("hash_conflict")


def require_unique(call: Call, payload: Json, itself: View | None = None) -> None:
    external_id = payload.get("external_id")
    others = (view for view in call.world.views() if view is not itself)
    if external_id and any(view.external_id == external_id for view in others):
        raise Refused("duplicate_external_id")


def shown(call: Call, view: View) -> Json:
    return {"view": payloads.view(call.world, view)}


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
