"""The general vocabulary of engineering titles: what each spelling means, on any ladder.

A meaning is a line of atoms: a grade (`senior`), `engineer` for any maker's noun, `@field` for a discipline,
`?` for words that are no safe reading and only suggest, `!` for another profession, `|` between two readings.
"""

from __future__ import annotations

import re
import unicodedata

GRADES = (
    *("intern", "junior", "mid", "senior", "staff", "principal", "distinguished", "fellow", "architect"),
    *("lead", "manager", "director", "head", "vp", "chief"),
)
MANAGING = frozenset({"manager", "director", "head", "vp", "chief"})

# Where a grade usually stands, to find the neighbours of one that a ladder doesn't have.
POSITIONS: dict[str, float] = {
    "intern": 0,
    "junior": 1,
    "": 1.5,
    "mid": 2,
    "senior": 3,
    "staff": 4,
    "architect": 4.5,
    "senior architect": 4.5,
    "senior staff": 5,
    "principal": 6,
    "senior principal": 7,
    "distinguished": 8,
    "senior distinguished": 8.5,
    "fellow": 9,
    # managers
    "lead": 2,
    "manager": 3,
    "senior manager": 4,
    "junior director": 4.5,
    "director": 5,
    "head": 5.5,
    "senior director": 6,
    "vp": 7,
    "senior vp": 8,
    "chief": 9,
}
LEAD_AMONG_MAKERS = 3.5

_SPELLINGS: dict[str, str] = {
    # grades
    "intern": "intern, internship, co op, coop",
    "junior": "junior, jr, jnr, entry, associate, assoc, graduate, grad, new grad, early career",
    "mid": "mid, midlevel, middle, intermediate, medior, mid career",
    "senior": "senior, sr, snr, sen",
    "staff": "staff, stf",
    "principal": "principal, prin, princ, pr",
    "principal engineer": "pe, pse, pswe",
    "distinguished": "distinguished, dist",
    "fellow": "fellow",
    "? architect": "architect",
    "lead": "lead, tl, leader",
    "lead|? manager": "team lead, team leader, teamlead, tlm, tech lead manager, technical lead manager",
    "manager": "manager, mgr, mngr, em, sdm, line manager, people manager, team manager",
    "senior manager": "sem",
    "director": "director, dir, doe",
    "director +": "mom, manager of managers, managers of managers, managing managers",
    "head": "head, hoe",
    "vp": "vp, vpe, vice president, vice presidents",
    "senior vp": "svp",
    "chief vp": "evp",
    "chief": "cto, chief technology officer, chief technical officer",
    "? fellow|? chief": "chief, chief architect, chief engineer, chief scientist",
    # nouns
    "engineer": "engineer, eng, engr, developer, dev, programmer, coder",
    "@software engineer": "swe",
    "@software engineer sde": "sde",
    "@ml engineer": "mle, applied scientist",
    "@data-science engineer": "data scientist, scientist, ds",
    "@research engineer": "research scientist, researcher",
    "@sre engineer": "sre",
    "@qa engineer": "sdet, tester",
    # one abbreviation, two titles
    "engineer|senior engineer": "se",
    "senior engineer|staff engineer": "sswe, sse, ssde",
    "@ml senior engineer|@ml staff engineer": "smle",
    "? distinguished engineer": "de",
    # whole tracks
    "ic": "ic, ics, individual contributor, contributor, maker",
    "management": "management, mgmt, people management",
    # disciplines
    "@software": "software, sw, development",
    "@ml": "ml, ai, machine learning, artificial intelligence, deep learning, genai, gen ai, llm, nlp, mlops",
    "@data-science": "data science",
    "@data": "data, analytics, big data",
    "@frontend": "frontend, front end, fe, ui",
    "@backend": "backend, back end, be, server side, api",
    "@fullstack": "fullstack, full stack, web",
    "@mobile": "mobile, ios, android",
    "@platform": "platform, infrastructure, infra, cloud, devops, systems, distributed systems, network",
    "@sre": "site reliability, reliability, production engineering",
    "@security": "security, appsec, infosec",
    "@qa": "qa, test, testing, quality assurance, quality, automation",
    "@embedded": "embedded, firmware, hardware, robotics, iot",
    "@research": "research, applied",
    "@solutions": "solution, solutions, integration",
    "@games": "game, games, graphics, gameplay",
    "@language": (
        "java, python, javascript, typescript, js, golang, rust, ruby, rails, php, scala, kotlin, "
        "swift, react, angular, node, csharp, cpp, dotnet, elixir, sql, database, blockchain"
    ),
    # other companies' ladders, other ways to count
    "? level": "grade, band, tier, pay grade, job grade, salary band",
    "? =amazon": "amazon, aws",
    "?": (
        "google, meta, facebook, apple, netflix, microsoft, uber, airbnb, stripe, spotify, linkedin, "
        "faang, big tech, salesforce, oracle, ibm, nvidia, shopify, twitter, dropbox, atlassian, "
        "maang"
    ),
    # other languages, and steps few ladders have: worth a suggestion, never an answer
    "? junior": "apprentice, trainee, estagiario, einsteiger, débutant, beginner, bootcamp",
    "? intern": "praktikant, praktikantin, stagiaire, becario, estagiário, tirocinante, stagista",
    "? mid": "pleno, semi senior, semisenior, ssr, confirmé",
    "? senior": "sênior, sénior, seniore",
    "? engineer": (
        "entwickler, entwicklerin, softwareentwickler, softwareentwicklerin, ingenieur, ingenieurin, "
        "ingénieur, ingénieure, développeur, développeuse, developpeur, desarrollador, "
        "desarrolladora, ingeniero, ingeniera, engenheiro, engenheira, desenvolvedor, desenvolvedora, "
        "programador, programmeur, programmierer, ingegnere, sviluppatore, ontwikkelaar, utvecklare, "
        "udvikler, programista, inżynier, разработчик, инженер, программист, エンジニア, 工程师"
    ),
    "? manager": (
        "leiter, teamleiter, gerente, jefe, responsable, gestor, responsabile, менеджер, руководитель"
    ),
    "? lead": "тимлид, chef, líder, lider",
    "? director": "direktor, direktorin, directeur, directrice, diretor, diretora, direttore, directora",
    # other professions
    "!": (
        "pm, tpm, po, product, project, program, programme, scrum, agile, designer, design, ux, "
        "marketing, sales, hr, recruiter, recruiting, talent, contractor, consultant, freelancer, "
        "freelance, analyst, accountant, finance, legal, lawyer, support, customer, account, ceo, "
        "coo, cfo, cpo, founder, co founder, owner, chief of staff, member of technical staff, member "
        "of the technical staff, technical staff, mts, smts, office, staffing, managing director, "
        "board, executive assistant, assistant, writer, all, everything"
    ),
    # words that add nothing to a title
    "": (
        "engineering, tech, technical, level, levels, levelled, lvl, lv, lev, rung, role, title, "
        "position, job, track, path, ladder, career, person, people, line"
    ),
}
_POLITENESS = (
    "a an the of in at as for on with about it its this that is are be being been was i im id ive am "
    "me my mine we our us you your they he she one how what whats which who when where why do does "
    "did can could should would will shall become becoming get getting reach reaching make take takes "
    "need needs needed want wanna like look looks go going aim aiming expect expects expected "
    "expectation expectations required requirements require mean means please pls plz show tell give "
    "see find explain describe description info details help hi hello hey thanks thx promoted "
    "promotion promote difference differences between compare compared from to currently now work "
    "working really just considered called so good there here someone ladder ladders level levels "
    "role title position job career moving move switch switching"
)

ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBER_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS, start=1)}

# Letters before a number, and whose numbers they are. `e` may also be "engineer" with a step.
SCHEMES = {"ic": "ic", "l": "ic", "e": "e", "m": "manager", "mgr": "manager"}
ANY_SCHEME = frozenset({"level", "levels", "lvl", "lv", "lev", "rung", "#"})

MEANINGS: dict[str, str] = {
    word.strip(): meaning for meaning, words in _SPELLINGS.items() for word in words.split(",")
} | dict.fromkeys(_POLITENESS.split(), "")
LONGEST_PHRASE = max(len(phrase.split()) for phrase in MEANINGS)
FILLERS = frozenset(word for word, meaning in MEANINGS.items() if meaning == "")
POLITE = frozenset(_POLITENESS.split())  # may be cut around a name; "technical" before "staff" may not
# Nothing is a typo of these: else an unknown word would quietly disappear, or "code" become a coder.
NEVER_MEANT = frozenset(
    word
    for word, meaning in MEANINGS.items()
    if (meaning == "" and word not in {"technical", "tech", "engineering", "level"})
    or meaning.startswith("?")
    or (meaning.startswith("@") and len(word) < 6)
    or word == "coder"
)

_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[-=]+>|→|⇒", " to "),
        (r":[a-z0-9_+-]*[a-z][a-z0-9_+-]*:", " "),  # Slack's emoji
        (r"[‐‑‒–—―−]", "-"),
        (r"[’'ʼ‘`´]", ""),
        (r"^\s*/[a-z]+(?=\s|$)", " ladder "),  # a command typed twice
        (r"\bc#", "csharp"),
        (r"\bc\+\+", "cpp"),
        (r"\.net\b", "dotnet"),
        (r"\b(?:and|or) (?:above|up|upwards?|higher|beyond)\b", "+"),
        (r"(?<![a-z0-9])([a-z])\.", r"\1"),  # I.C. → IC
        (r"(?<=\d)\s*-\s*(?=[a-z]{0,3}\s?\d)", " to "),
        (r"\s-+\s|\s?[/|&]\s?", " / "),
        (r"[-_]", " "),
        (r"\+", " + "),
        (r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " "),
        (r"[^\w\s+/,]", " "),
        (r"\s+", " "),
    )
)
_CODE = re.compile(r"[{}<>$=\\^%@]")


def normalise_text(text: str) -> str:
    """Lower case, one kind of dash and space, no decoration; empty for what is code or markup, not words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    plain = re.sub(r"[-=]+>", "→", plain)
    if _CODE.search(plain):
        return ""
    for pattern, replacement in _REWRITES:
        plain = pattern.sub(replacement, plain)
    return plain.strip()


def name_key(text: str) -> str:
    """What two spellings of one name share, from normalised text; `II` after a word is `2`."""
    tokens = re.findall(r"\w+|\+", text)
    digits = (ROMAN.get(token, token) if place else token for place, token in enumerate(tokens))
    return "".join(digits)
