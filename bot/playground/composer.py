"""What the composer makes of typed text, and back: entities escaped, names turned into links."""

import re

from bot.playground.world import World

NAMES = re.compile(r"(?<![\w&])(?P<sign>[@#])(?P<name>[\w-]+(?:\.[\w-]+)*)")
ENTITIES = re.compile(r"<(?P<sign>[@#]?)(?P<target>[^|>]+)(?:\|[^>]*)?>")
LINKS = re.compile(r"\bhttps?://[^\s<>|]+[^\s<>|.,;:!?)]")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_typed(world: World, text: str) -> str:
    """What someone would type to write this text: for editing it."""

    def write(found: re.Match[str]) -> str:
        sign, target = found["sign"], found["target"]
        if sign == "@" and target in world.users:
            return f"@{world.users[target].name}"
        if sign == "#" and target in world.conversations:
            return f"#{world.conversations[target].name}"
        return f"{sign}{target}"

    return unescape(ENTITIES.sub(write, text))


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link_names(world: World, text: str, *, labelled: bool) -> str:
    """@ben → <@U1> or, labelled, <@U1|ben>; #general → <#C1|general>; URLs in angle brackets."""

    def link(found: re.Match[str]) -> str:
        name = found["name"]
        if found["sign"] == "#":
            channels = (each for each in world.conversations.values() if each.kind == "channel")
            channel_id = next((each.id for each in channels if each.name == name), None)
            return f"<#{channel_id}|{name}>" if channel_id else found[0]
        user_id = next((user.id for user in world.users.values() if user.name == name), None)
        label = f"|{name}" if labelled else ""
        return f"<@{user_id}{label}>" if user_id else found[0]

    return NAMES.sub(link, LINKS.sub(lambda found: f"<{found[0]}>", text))
