"""jieba with its dictionary read on demand.

jieba loads half a million words before the first cut: over a second for a question of ten words. Here the dictionary
lies once in the user's cache folder, grouped by first character, and a group is read when a text first needs it. The
cuts are jieba's own: only the mapping behind `Tokenizer.FREQ` differs.
"""

import json
import mmap
import os
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

_FORMAT = "3"


class Frequencies(dict[str, int]):
    """Word -> frequency, prefixes of words -> 0, as jieba keeps them; the words of a first character come when asked."""

    def __init__(self, words: Path, groups: dict[str, list[int]]) -> None:
        """Map the file; nothing is read yet."""
        super().__init__()
        with words.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._groups = groups
        self.tags: dict[str, str] = {}

    def _fetch(self, word: str) -> None:
        place = self._groups.pop(word[:1], None)
        if place is not None:
            for line in self._bytes[place[0] : place[1]].decode("utf-8").splitlines():
                name, count, kind = line.split("\t")
                self.setdefault(name, int(count))
                if kind:
                    self.tags[name] = kind

    def __contains__(self, word: object) -> bool:
        """Tell whether a word or prefix is known."""
        self._fetch(str(word))
        return super().__contains__(word)

    def __getitem__(self, word: str) -> int:
        """Return the frequency; raises KeyError."""
        self._fetch(word)
        return super().__getitem__(word)

    def get(self, word: str, default: Any = None) -> Any:
        """Return the frequency or the default."""
        self._fetch(word)
        return super().get(word, default)


def tag(word: str) -> str:
    """Return jieba's word class of a word (n, v, a …), an empty string where its dictionary does not hold it."""
    frequencies = segmenter().FREQ
    return frequencies.tags.get(word, "") if word in frequencies else ""


def cache_folder() -> Path:
    """Return the user's own folder for the dictionary (jieba's default is a /tmp shared by all users)."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tiaowen"
    try:
        base.mkdir(parents=True, exist_ok=True)
    except OSError:
        base = Path(tempfile.mkdtemp(prefix="tiaowen-"))
    return base


@cache
def segmenter() -> Any:
    """Return a jieba tokenizer that knows the words of the subject too."""
    import jieba

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    words, index = _files(jieba)
    facts = json.loads(index.read_text(encoding="utf-8"))
    tokenizer.FREQ = Frequencies(words, facts["groups"])
    tokenizer.total = facts["total"]
    tokenizer.initialized = True
    for line in (resources.files("tiaowen.rules") / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            tokenizer.add_word(line.strip(), freq=20_000)
    return tokenizer


def _files(jieba: Any) -> tuple[Path, Path]:
    """The dictionary in the cache folder, made on first use and moved there whole."""
    folder = cache_folder()
    stem = f"jieba-{getattr(jieba, '__version__', '0')}-{_FORMAT}"
    words, index = folder / f"{stem}.tsv", folder / f"{stem}.json"
    if not (words.is_file() and index.is_file() and _whole(words, index)):
        with jieba.get_module_res("dict.txt") as source:
            lines = source.read().decode("utf-8").splitlines()
        _write(lines, words, index)
    return words, index


def _whole(words: Path, index: Path) -> bool:
    try:
        return bool(json.loads(index.read_text(encoding="utf-8"))["size"] == words.stat().st_size)
    except (ValueError, KeyError, OSError):
        return False


def _write(lines: Iterable[str], words: Path, index: Path) -> None:
    counts: dict[str, tuple[int, str]] = {}
    total = 0
    for line in lines:
        word, uses, kind = line.split(" ")
        counts[word] = (int(uses), kind)
        total += int(uses)  # a word listed twice counts twice, as in jieba
        for end in range(1, len(word)):
            counts.setdefault(word[:end], (0, ""))
    by_first: dict[str, list[str]] = {}
    for word, (count, kind) in counts.items():
        by_first.setdefault(word[:1], []).append(f"{word}\t{count}\t{kind}\n")
    groups, pieces, at = {}, [], 0
    for first, found in by_first.items():
        piece = "".join(found).encode("utf-8")
        groups[first] = [at, at + len(piece)]
        pieces.append(piece)
        at += len(piece)
    write_whole(words, b"".join(pieces))
    write_whole(index, json.dumps({"total": total, "groups": groups, "size": at}, ensure_ascii=False).encode("utf-8"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.replace(name, path)
