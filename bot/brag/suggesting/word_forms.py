"""Word forms that a stemmer gets wrong for our purpose: irregular ones, and unlike words it merges."""

from __future__ import annotations

# The base form, then the others. What ladders write in the present tense, people write in the past.
_IRREGULAR = """
become became; begin began begun; break broke broken; bring brought; build built; buy bought; catch caught;
child children; choose chose chosen; come came; criterion criteria; deal dealt; do done; draw drew; drive
drove driven; fall fell; feel felt; fight fought; find found; foresee foresaw; give gave given; go went
gone; grow grew grown; hear heard; hide hid; hold held; keep kept; know knew known; lead led; learn learnt;
leave left; lose lost; mean meant; meet met; oversee oversaw overseen; pay paid; person people; rebuild
rebuilt; rewrite rewrote rewritten; rise rose risen; run ran; say said; see saw seen; seek sought; sell
sold; send sent; show shown; sit sat; speak spoke spoken; speed sped; spend spent; stand stood; stick stuck;
take took taken; teach taught; tell told; think thought; throw threw; undertake undertook undertaken;
understand understood; win won; withdraw withdrew; write wrote written
"""

# Forms of one word that share a stem with an unlike word: production with product, customer with custom,
# interns with internal … Each group keeps to itself, under its first word.
_APART = """
accessibility accessible; activity activities; analyse analysed analyses analysing analysis analyze analyzed
analyzing; applicant applicants; authorisation authorization; container containers containerised
containerized; customer customers; deliver delivered deliveries delivers delivery; designer designers;
developer developers; executive executives; experiment experimental experimentation experimented
experimenting experiments; important importance; internal internally; localisation localization; manager
managers; marketing; meeting meetings; minority minorities; objective objectives; organisation
organisational organisations organization organizational organizations; performance performant; prioritise
prioritisation prioritised prioritising prioritization prioritize prioritized prioritizing priority
priorities; production; productivity productive; responsive; strategy strategic strategically strategies;
university universities
"""


def _groups(text: str) -> list[list[str]]:
    return [group.split() for group in text.split(";")]


BASE_FORMS = {form: base for base, *forms in _groups(_IRREGULAR) for form in forms}
APART = {form: group[0] + "=" for group in _groups(_APART) for form in group}
