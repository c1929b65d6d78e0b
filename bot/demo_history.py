"""What the people of the demo did in the weeks before anyone looks, in their own words."""

from __future__ import annotations

from bot.demo_meetings import MEETINGS
from bot.demo_past import ANA, BEN, DEV, ENGINEERING, Moment

EVENTS = "Order events"
RETURNS = "Returns"
SHARE = "Share with my manager"

LEVELS = (
    Moment("Mon 09:00, 10 weeks ago", BEN, "/ladder current em2"),
    Moment("Mon 09:40, 10 weeks ago", ANA, "/ladder current senior engineer 2"),
    Moment("Mon 09:41, 10 weeks ago", ANA, "/ladder target staff"),
    Moment("Mon 10:00, 10 weeks ago", DEV, "/ladder current engineer 2"),
    Moment("Mon 10:01, 10 weeks ago", DEV, "/ladder target senior engineer 1"),
)
"""The least of it: who is where, and aims for what."""

ANAS = (
    Moment(
        "Thu 15:40, 10 weeks ago",
        ANA,
        "Wrote two pages on why the nightly files between checkout, the warehouse and finance keep hurting"
        " us: 11 incidents since spring, 9 of them with the same cause. Sent to all three teams.",
        form={
            "result": "All three leads agreed to look at one way out together.",
            "reach": "teams",
            "project": EVENTS,
            "links": "https://wiki.example.com/nightly-files",
            "visibility": "shared",
            "competencies": ("team-impact",),
        },
    ),
    Moment(
        "Wed 11:10, 9 weeks ago",
        ANA,
        "Paired with @dev on his first migration without downtime. He can do the next one alone now.",
        ("Engineering influence",),
    ),
    Moment(
        "Fri 15:20, 9 weeks ago",
        ANA,
        "Talked the pricing team out of a service of its own: a table and a view do it, which saved them "
        "about five weeks.",
        ("Technical decision-making",),
        answers=True,
    ),
    Moment(
        "Tue 16:30, 8 weeks ago",
        ANA,
        "Design review for order events with the warehouse and finance. Three objections, and two were "
        "right: the ledger stays where it is, and we publish from an outbox table instead.",
        form={
            "reach": "teams",
            "project": EVENTS,
            "goal": "No nightly files by the end of the year",
            "people": (BEN,),
            "visibility": "shared",
            "competencies": ("technical-decision-making", "communication"),
        },
        clicks=("Team impact",),
    ),
    Moment(
        "Fri 15:05, 8 weeks ago",
        ANA,
        "This week:\n"
        "• reviewed the retry design of the payments team; they dropped their own queue and use ours now\n"
        "• two interviews, and cut our take-home task down so that it fits in 90 minutes\n"
        "• fixed the flaky checkout tests, from 1 red build in 6 to none since Tuesday",
    ),
    Moment(
        "Wed 10:15, 7 weeks ago",
        ANA,
        "My cache change took search down for 14 minutes on Monday. I should have tested with nine nodes "
        "and not with one. Wrote it up as it was, and the load test runs with nine now.",
        ("Code quality",),
    ),
    Moment(
        "Fri 15:30, 7 weeks ago",
        ANA,
        "Learned how finance closes a month: they need events in order within one order, not across all of"
        " them. That makes order events half as hard.",
        ("Cross-functional collaboration",),
    ),
    Moment(
        "Thu 17:00, 6 weeks ago",
        ANA,
        "The warehouse reads order events instead of the nightly file.",
        form={
            "result": "Stock is right after 4 minutes instead of the next morning.",
            "reach": "teams",
            "project": EVENTS,
            "links": "https://dash.example.com/stock-delay",
            "people": (DEV,),
            "visibility": "shared",
            "competencies": ("product-impact",),
        },
    ),
    Moment(
        "Wed 14:10, 5 weeks ago",
        ANA,
        "Started a lunch group on changing schemas without fear: seven people from four teams came.",
        ("Engineering influence",),
    ),
    Moment("Fri 15:02, 5 weeks ago", ANA, "nothing really this week"),
    Moment(
        "Tue 11:45, 4 weeks ago",
        ANA,
        "Finance imports order events daily; the last nightly file but one is switched off.",
        form={
            "result": "Closing the month took them 2 days instead of 5.",
            "reach": "organization",
            "project": EVENTS,
            "visibility": "shared",
            "competencies": ("product-impact", "oversight"),
        },
    ),
    Moment(
        "Thu 16:20, 3 weeks ago",
        ANA,
        "Spoke at our engineering day: “What a nightly file costs”. 60 people, and three teams asked how "
        "to join. https://video.example.com/nightly-file",
        ("Team impact", SHARE),
    ),
    Moment(
        "Fri 15:25, 3 weeks ago",
        ANA,
        "The PM of returns came to think aloud before she wrote anything down. We cut the first version in"
        " half, and support says it covers 8 cases of 10.",
        ("Cross-functional collaboration",),
    ),
    Moment(
        "Tue 12:00, 2 weeks ago",
        ANA,
        "/brag Presented order events to the leadership round: from 11 incidents in half a year to 1. They"
        " agreed to do the same for returns.",
        ("Cross-functional collaboration", "Product impact", SHARE),
    ),
    Moment("Tue 12:03, 2 weeks ago", ANA, "thanks!"),
    Moment(
        "Fri 15:10, 2 weeks ago",
        ANA,
        "Two of the four teams wrote their own migration guide from what we discussed there.",
        ending_of="Started a lunch group",
    ),
    Moment(
        "Tue 15:50, 1 weeks ago",
        ANA,
        "Dev leads returns now. I review on Mondays and stay out of it otherwise, which is harder than I "
        "thought.",
        form={
            "reach": "team",
            "project": RETURNS,
            "people": (DEV,),
            "visibility": "shared",
            "competencies": ("initiative",),
        },
    ),
    Moment(
        "Fri 15:15, 1 weeks ago",
        ANA,
        "Wrote the runbook for order events together with whoever is on call in the three teams.",
        form={
            "result": "On Thursday night payments got a stuck consumer going again with it, without "
            "calling me.",
            "reach": "teams",
            "project": EVENTS,
            "visibility": "shared",
            "competencies": ("technical-understanding",),
        },
    ),
)

DEVS = (
    Moment(
        "Fri 16:00, 9 weeks ago",
        DEV,
        "Did my second migration without downtime, on my own this time: 40 million rows, and nobody noticed.",
        ("Technical understanding",),
    ),
    Moment(
        "Thu 17:30, 8 weeks ago",
        DEV,
        "Took the order export apart: it was 900 lines in one method, now it is six with tests. A change "
        "that took a day takes an hour.",
        ("Code quality", SHARE),
    ),
    Moment(
        "Fri 15:45, 6 weeks ago",
        DEV,
        "Found why image uploads fail on slow lines: we counted the timeout from the wrong end. Error "
        "reports fell from 30 a day to 2.",
        ("Product impact",),
    ),
    Moment(
        "Fri 17:10, 5 weeks ago",
        DEV,
        "I said two days for the returns form, and it took nine. I should have asked support first what "
        "people really send us.",
    ),
    Moment(
        "Wed 18:00, 4 weeks ago",
        DEV,
        "Sat with support for an afternoon and read forty returns. Half of them are about the size of the "
        "parcel, which nobody here knew.",
        ("Technical understanding", SHARE),
    ),
    Moment(
        "Fri 16:40, 3 weeks ago",
        DEV,
        "- reviewed 14 pull requests, three of them from the warehouse team\n"
        "- on call: two pages, both of them mine, both fixed for good\n"
        "- helped the new designer to run everything locally, with the notes of my own first week",
    ),
    Moment(
        "Thu 15:00, 1 weeks ago",
        DEV,
        "Wrote the design for returns with three ways to do it and what speaks against each. @ana had two "
        "questions and no changes.",
        form={
            "reach": "team",
            "project": RETURNS,
            "visibility": "shared",
            "competencies": ("technical-decision-making",),
        },
    ),
)

BENS = (
    Moment(
        "Thu 17:20, 9 weeks ago",
        BEN,
        "Replaced the weekly status meeting by a page that I fill in myself. Nine people have an hour "
        "more, and nobody has missed it so far.",
        ("Impact",),
    ),
    Moment(
        "Tue 18:05, 6 weeks ago",
        BEN,
        "Agreed with product on one order of what matters until December. Two half-done things are "
        "stopped, and everyone knows why.",
        ("Impact",),
    ),
    Moment(
        "Fri 16:50, 4 weeks ago",
        BEN,
        "Told someone in the review what I should have said in March. Apologised. From now on it takes me "
        "a week at most.",
    ),
    Moment(
        "Wed 10:30, 2 weeks ago",
        BEN,
        "Noor said yes: 38 days from opening the role, with five people in the last round who came to "
        "engineering in three different ways.",
        ("People & Business Leadership",),
    ),
)

SAID_IN_ENGINEERING = (
    Moment(
        "Fri 10:05, 6 weeks ago",
        BEN,
        "The warehouse asks me to pass this on: first Monday in two years on which nobody had to count by "
        "hand. @ana, that is order events.",
        place=ENGINEERING,
        reacts=ANA,
    ),
    Moment(
        "Thu 12:30, 4 weeks ago",
        ANA,
        "@dev's note on the slow uploads is the clearest bug report I have read this year. Two teams found"
        " the same mistake with it.",
        place=ENGINEERING,
        saves=DEV,
    ),
)

# On Fridays everybody is there when Rung asks, whether they answer or not.
FRIDAYS = tuple(
    Moment(f"Fri 15:01, {weeks} weeks ago", who) for weeks in range(10, 0, -1) for who in (ANA, DEV, BEN)
)

HISTORY = (*LEVELS, *FRIDAYS, *ANAS, *DEVS, *BENS, *SAID_IN_ENGINEERING, *MEETINGS)
