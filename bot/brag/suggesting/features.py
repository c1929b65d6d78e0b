"""What a text can be found by: the stems of its words, its topics, and words that stand for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.brag.suggesting.cues import Cue, cues, hear
from bot.brag.suggesting.words import Word, read_words

# Chosen on dev halves of public ladders (`make eval`); all are flat around these values.
TOPIC, SYNONYM = 1.0, 0.5  # what a feature of this kind is worth in an entry, a word being 1
MANY = 0.8  # several cues of one topic add up less than in full


@dataclass(slots=True)
class Feature:
    """`strength` is how much of it a text has, `weight` what it counts for when an entry is looked up.

    `words` are those it was read from, as they were written.
    """

    strength: float = 0.0
    weight: float = 1.0  # a word counts once, however often it is said
    words: list[str] = field(default_factory=list)


Features = Mapping[str, Feature]


def read_features(text: str) -> dict[str, Feature]:
    words = read_words(text)
    features: defaultdict[str, Feature] = defaultdict(Feature)
    for word in words:
        if not word.is_telling:
            continue
        feature = features[word.stem]
        feature.strength += 1
        feature.words.append(text[word.start : word.end])
    return {**features, **_hear(text, words)}


def _hear(text: str, words: list[Word]) -> dict[str, Feature]:
    found: defaultdict[str, Feature] = defaultdict(Feature)
    said: set[Cue] = set()
    for cue, its_words in hear(words, cues()):
        feature = found[cue.tells]
        feature.words.append(text[its_words[0].start : its_words[-1].end])
        if cue not in said:
            said.add(cue)
            feature.strength += cue.strength
    for name, feature in found.items():
        feature.strength **= MANY
        feature.weight = feature.strength * (TOPIC if name.startswith("topic:") else SYNONYM)
    return found
