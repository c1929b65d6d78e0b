"""Several people write at the same time, and their words are read in threads."""

from concurrent.futures import ThreadPoolExecutor

from bot.brag.suggesting.words import stem_of

WORDS = [
    f"{start}{end}" for start in ("organ", "relat", "commun") for end in ("izing", "ional", "ness", "ed")
]
MANY = [f"{chr(97 + n % 26)}{chr(97 + n // 26)}{word}" for n in range(600) for word in WORDS]


def test_a_word_has_the_same_stem_in_every_thread() -> None:
    alone = [stem_of(word) for word in MANY[:4000]]
    stem_of.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda _: [stem_of.__wrapped__(word) for word in MANY[:4000]], range(8)))
    assert together == [alone] * 8
