"""Writes the fingerprints of texts that ours must not repeat: `python -m tests.rules.fingerprint FOLDER`.

Only hashes of runs of eight words are kept; the texts themselves cannot be had back from them.
"""

import re
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).with_name("sources.fingerprints")
WORDS = 8  # words in a row that no one writes twice by accident
SIZE = 6  # bytes of a hash: among a hundred thousand runs, none is mistaken for another


def runs_of(text: str) -> Iterator[str]:
    """Every eight words in a row, in small letters, without punctuation and addresses."""
    words = re.findall(r"\w+", re.sub(r"https?://\S+|['’]", "", text.lower()))
    for start in range(len(words) - WORDS + 1):
        yield " ".join(words[start : start + WORDS])


def fingerprint(run: str) -> bytes:
    return blake2b(run.encode(), digest_size=SIZE).digest()


def read_fingerprints(file: Path = FILE) -> frozenset[bytes]:
    kept = file.read_bytes()
    return frozenset(kept[start : start + SIZE] for start in range(0, len(kept), SIZE))


def write_fingerprints(folder: Path, file: Path = FILE) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()]
    file.write_bytes(b"".join(sorted({fingerprint(run) for text in texts for run in runs_of(text)})))


if __name__ == "__main__":
    write_fingerprints(Path(sys.argv[1]))
