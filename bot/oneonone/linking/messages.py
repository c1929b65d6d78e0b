"""What is said here: message → the names its templates may use."""

from __future__ import annotations

from collections.abc import Mapping

FILE = "oneonone/linking"
MESSAGES: Mapping[str, Mapping[str, str]] = {
    FILE: {
        "not_linked": "person",
        "whom": "example",
        "is_self": "example",
        "is_unknown": "",
        "slack_is_away": "",
        "is_app": "person",
        "has_left": "person",
        "is_elsewhere": "person",
        "is_guest": "person",
        "is_guest_self": "",
        "linked": "person role",
        "sees": "person current target hidden count since new",
        "sees_nothing_else": "",
        "nobody": "role",
        "ended": "person",
        "ended_none": "role",
        "end_whom": "role",
        "asked_already": "person name",
        "asking": "person",
        "reports": "people role",
        "reports_none": "role word",
        "report_ended": "person",
        "asked": "person role",
        "asked_listed": "person role",
        "asked_shares": "person count",
        "declined": "person",
        "no_longer_asked": "person",
        "waiting": "person role",
        "share_new_on": "names",
        "share_new_off": "names",
        "share_what": "",
        "privacy": "",
        "privacy_nobody": "",
        "privacy_seer": "person role since",
        "privacy_new": "is_shared",
        "privacy_never": "",
        "privacy_seen": "people",
        "privacy_looks": "",
        "privacy_looks_none": "",
        "privacy_look": "person what when",
        "privacy_home": "names waiting",
        "told_named": "person role name",
        "told_confirmed": "person role name",
    }
}
