"""The 1:1s of the demo: who meets whom, what they brought, what they agreed and what became of it."""

from __future__ import annotations

from bot.demo_past import ANA, BEN, DEV, Moment

OPEN_ANAS, OPEN_BENS = "/agenda @ana", "/agenda @ben"
SHARE = "Share with Ben"
MET = ("We've met",)

LINKS = (
    Moment("Mon 09:42, 10 weeks ago", ANA, "/coach manager @ben"),
    Moment("Wed 09:30, 10 weeks ago", ANA, "/coach 1:1 @ben tuesdays 10:00 every 2 weeks, 45 min"),
    Moment("Wed 10:05, 10 weeks ago", DEV, "/coach manager @ben"),
    Moment("Thu 10:15, 10 weeks ago", DEV, "/coach 1:1 @ben wednesdays 14:30 every 2 weeks"),
)

# Half an hour before they meet, Ben looks at what is shared; nobody needs to tell him.
MORNINGS = tuple(Moment(f"Tue 09:05, {weeks} weeks ago", BEN) for weeks in (9, 7, 5, 3, 1))

FIRST = (
    Moment(
        "Mon 16:10, 9 weeks ago",
        ANA,
        "What would you have to see to say, in a year from now, that I do the work of a staff engineer?",
        (SHARE,),
        answers=True,
    ),
    Moment(
        "Tue 10:50, 9 weeks ago",
        BEN,
        OPEN_ANAS,
        MET,
        notes={
            "shared": "Ana would like to be at Staff in about a year, and not by writing more code. We "
            "agreed that the nightly files are a good thing to try it on: three teams, and no owner.",
            "items": "@ben: introduce Ana to whoever closes the months in finance\n"
            "@ana: ask all three teams what the nightly files cost them, by next friday",
            "talked": "What would you have to see",
        },
    ),
    Moment("Fri 11:40, 8 weeks ago", ANA, OPEN_BENS, ("Done", "Done")),
)

SECOND = (
    Moment(
        "Mon 17:30, 7 weeks ago",
        ANA,
        "Before we plan anything: I would like to tell you about Monday's outage myself.",
        (SHARE,),
        answers=True,
    ),
    Moment(
        "Tue 10:48, 7 weeks ago",
        BEN,
        OPEN_ANAS,
        MET,
        notes={
            "shared": "Most of it was the search outage, told as it was. Nobody else has to learn that from "
            "a graph. The design review before that is the way I'd like to see decisions made.",
            "items": "@ben: get us an hour with the lead of the warehouse\n"
            "@ana: show in the incident review what nine nodes would have told us",
            "talked": "Before we plan anything",
        },
    ),
    Moment("Wed 16:00, 6 weeks ago", BEN, OPEN_ANAS, ("Done", "Done")),
)

THIRD = (
    Moment(
        "Mon 15:50, 5 weeks ago",
        ANA,
        "Half of every week goes into reviews of order events. Who could take some of them?",
        (SHARE,),
        answers=True,
    ),
    Moment(
        "Tue 10:52, 5 weeks ago",
        BEN,
        OPEN_ANAS,
        MET,
        notes={
            "shared": "The warehouse runs on order events. Ana carries most of the reviews; from now on two "
            "of the checkout team take them in turns, and she reads what they wrote on Fridays.",
            "items": "@ana: ask Dev whether he would like to lead returns\n"
            "@ben: tell product that returns begin two weeks later",
            "private": "She said “carry” four times. Ask in two weeks how it feels, not how it goes.",
            "talked": "Half of every week",
        },
    ),
    Moment("Fri 09:30, 4 weeks ago", BEN, OPEN_ANAS, ("Done", "Done")),
)

FOURTH = (
    Moment(
        "Mon 16:35, 3 weeks ago",
        ANA,
        "Three teams want to publish events of their own now. Who owns the schema then? I have an idea and "
        "no mandate.",
        (SHARE,),
        answers=True,
    ),
    Moment(
        "Tue 10:55, 3 weeks ago",
        BEN,
        OPEN_ANAS,
        MET,
        notes={
            "shared": "Who owns the schema is too large for one meeting. Today: the question is real, and it "
            "is Ana's to put to the others. Next time: whom to ask first, and with what.",
            "items": "@ben: twenty minutes for Ana in the leadership round\n"
            "@ana: a runbook, written together with whoever is on call",
        },
    ),
    Moment("Mon 13:10, 2 weeks ago", BEN, OPEN_ANAS, ("Done",)),
)

FIFTH = (
    Moment(
        "Mon 15:40, 1 weeks ago",
        ANA,
        "Dev takes over returns today. How do I stay out of it without leaving him alone?",
        (SHARE,),
        answers=True,
    ),
    Moment(
        "Tue 10:57, 1 weeks ago",
        BEN,
        OPEN_ANAS,
        MET,
        notes={
            "shared": "Dev leads returns. Ana reviews on Mondays and is there when he asks, and not before. "
            "On the schema: the leadership round liked it, so the next step is someone to share it with.",
            "items": "@ben: ask who besides us could own the event schema, by next friday\n"
            "@ana: half a page on what order events need next year, and from whom",
            "private": "Much lighter than a month ago. Say so next time.",
            "talked": "Dev takes over returns",
        },
    ),
    Moment("Fri 15:40, 1 weeks ago", ANA, OPEN_BENS, ("Done",)),
)

TO_COME = (
    Moment(
        "Thu 11:20, 1 weeks ago",
        ANA,
        OPEN_BENS,
        ("Add an item",),
        notes={
            "text": "I'd like Dev to present returns in our planning, with me in the second row.",
            "seen": "both",
        },
    ),
    Moment(
        "Thu 11:24, 1 weeks ago",
        ANA,
        OPEN_BENS,
        ("Add an item",),
        notes={
            "text": "Payments looks for a staff engineer. Do I want that, or do I only want to be asked?",
            "seen": "mine",
        },
    ),
)

MEETINGS = (*LINKS, *MORNINGS, *FIRST, *SECOND, *THIRD, *FOURTH, *FIFTH, *TO_COME)
