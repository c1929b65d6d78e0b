"""What may happen in a company, as strategies: small stories of one or two people, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from bot.oneonone.agenda.forms import BOTH, MINE
from bot.oneonone.model import Pair
from bot.people.model import PersonId
from tests.oneonone.secrecy import acts
from tests.oneonone.secrecy.acts import Act
from tests.oneonone.secrecy.company import DEV, ELSEWHERE, HERE, MIA
from tests.support.workspace import ANA, BEN

Story = st.SearchStrategy[Sequence[Act]]

ENGINEERS = (ANA.id, DEV.id)
NEWEST = -1
FIRST_WANTED = 8
"""So many of the expectations are those that come first where evidence is missing."""

# Most of it happens between Ana and Ben, so that much comes together there.
pairs = st.builds(
    Pair,
    st.sampled_from([*[HERE] * 8, ELSEWHERE]),
    st.sampled_from([*[ANA.id] * 4, DEV.id]),
    st.sampled_from([*[BEN.id] * 4, MIA.id]),
)
one_or_other = st.sampled_from([0, 1])
maybe = st.booleans()


@st.composite
def done(draw: st.DrawFn) -> Sequence[Act]:
    """Something is written down; and then this or that is done to it, or to something older."""
    who = draw(pairs).engineer_id
    which = draw(st.sampled_from([NEWEST, NEWEST, 0, 1]))
    speaks = acts.Confirm(who, which, draw(st.integers(0, FIRST_WANTED)), draw(maybe))
    later: list[Act] = [
        speaks,
        acts.SetReach(who, which, draw(st.sampled_from(["me", "team", "organization"]))),
        acts.SayResult(who, which),
        acts.Edit(who),
        acts.Plan(who, draw(st.integers(0, FIRST_WANTED))),
        acts.Undo(who, which),
    ]
    chosen = [one for one in later if draw(maybe)]
    shares = [acts.Share(who, which, draw(st.sampled_from(["shared", "private"])))] if draw(maybe) else []
    return [acts.Write(who, draw(st.integers(0, 9)), draw(maybe)), speaks, *chosen, *shares]


@st.composite
def talked_of(draw: st.DrawFn) -> Sequence[Act]:
    """One of a pair notes a topic, and perhaps shows it."""
    pair = draw(pairs)
    who = (pair.engineer_id, pair.other_id)[draw(one_or_other)]
    ways = (acts.Bring(who, pair), acts.AddItem(who, pair, MINE), acts.AddItem(who, pair, BOTH))
    brings = draw(st.sampled_from(ways))
    verbs = draw(st.lists(st.sampled_from(["share", "private", "done"]), max_size=2))
    return [brings, *(acts.Handle(who, NEWEST, verb) for verb in verbs)]


@st.composite
def linked(draw: st.DrawFn) -> Sequence[Act]:
    """By the engineer, or by the other and the engineer's answer."""
    pair = draw(pairs)
    if draw(maybe):
        role = draw(st.sampled_from(["manager", "mentor"]))
        return [acts.Coach(pair.engineer_id, f"{role} {{}}", pair.other)]
    asks = acts.Coach(pair.other_id, "report {}", pair.engineer)
    return [asks, acts.Link(pair.engineer_id, draw(st.sampled_from(["yes", "yes-hidden", "no"])), pair.other)]


@st.composite
def changed(draw: st.DrawFn) -> Sequence[Act]:
    """What the other sees, up to nothing."""
    pair = draw(pairs)
    if not draw(st.integers(0, 9)):
        return [acts.Coach(pair.other_id, "report end {}", pair.engineer)]
    verb = draw(st.sampled_from(["hide", "hide", "show", "new", "new", "all", "end"]))
    before = [acts.Share(pair.engineer_id, NEWEST, "shared")] if draw(maybe) else []
    return [*before, acts.Link(pair.engineer_id, verb, pair.other)]


@st.composite
def met(draw: st.DrawFn) -> Sequence[Act]:
    pair = draw(pairs)
    who = (pair.engineer_id, pair.other_id)[draw(one_or_other)]
    fields = draw(st.lists(st.sampled_from(["shared", "private", "items"]), unique=True))
    settles = acts.Settle(who, pair, draw(st.sampled_from(["done", "later", "drop"])))
    return [acts.Meet(who, pair, tuple(fields)), *([settles] if draw(maybe) else [])]


@st.composite
def offered(draw: st.DrawFn) -> Sequence[Act]:
    pair = draw(pairs)
    answer = acts.TakeUp(pair.engineer_id, draw(st.sampled_from(["keep", "no-thanks"])))
    return [acts.Offer(pair.other_id, pair.engineer), answer]


@st.composite
def set_for(draw: st.DrawFn) -> Sequence[Act]:
    """When the two meet."""
    pair = draw(pairs)
    who = (pair.engineer_id, pair.other_id)[draw(one_or_other)]
    words = ("tuesdays 10:00", "mondays 9:30 every 2 weeks", "skip", "pause 2 weeks", "move to friday 14:00")
    return [acts.Coach(who, f"1:1 {{}} {draw(st.sampled_from(words))}", pair.counterpart(who.user))]


@st.composite
def told(draw: st.DrawFn) -> Sequence[Act]:
    """About oneself; only the level is seen by others."""
    who = draw(pairs).engineer_id
    words = ("pause 2 weeks", "days off fridays", "programme clarity", "share new on", "share new off")
    aims = acts.Aim(who, draw(st.sampled_from(["target", "current"])), draw(st.sampled_from(["ic5", "ic6"])))
    return [draw(st.sampled_from([aims, acts.Tell(who, "/coach", draw(st.sampled_from(words)))]))]


@st.composite
def passed(draw: st.DrawFn) -> Sequence[Act]:
    """Days go by, and the question that came is answered or not."""
    who = draw(pairs).engineer_id
    return [acts.Pass(who, draw(st.integers(1, 5))), *([acts.Answer(who)] if draw(maybe) else [])]


often = (done(), done(), done(), changed(), talked_of(), met())
stories = st.one_of(*often, *often, linked(), offered(), set_for(), told(), passed())


@st.composite
def lives(draw: st.DrawFn, most: int) -> list[Act]:
    """Nearly always two are linked from the beginning, with something to aim for, and have met before."""
    ana, pair = PersonId(HERE, ANA.id), Pair(HERE, ANA.id, BEN.id)
    begins: list[Act] = [
        acts.Aim(ana, "target", "ic6"),
        acts.Coach(ana, "manager {}", BEN.id),
        acts.Coach(ana, "1:1 {} mondays 10:00", BEN.id),
        acts.Meet(ana, pair, ()),
    ]
    later = draw(st.lists(stories, min_size=4, max_size=most))
    return [*begins[: draw(st.sampled_from([0, 2, 4, 4, 4]))], *(act for story in later for act in story)]
