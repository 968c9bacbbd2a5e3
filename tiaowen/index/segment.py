"""jieba with its dictionary read on demand.

jieba loads half a million words before the first cut: over a second for a question of ten words. Here the dictionary
lies once in the user's cache folder, grouped by first character, and a group is read when a text first needs it. The
cuts are jieba's own: only the mapping behind `Tokenizer.FREQ` differs.
"""

import json
import mmap
import os
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

_FORMAT = "5"


class Frequencies(dict[str, int]):
    """Word -> frequency, prefixes of words -> 0, as jieba keeps them; the words of a first character come when asked."""

    def __init__(self, words: Path, groups: dict[str, list[int]]) -> None:
        """Map the file; nothing is read yet."""
        super().__init__()
        with words.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._groups = groups
        self._own: dict[str, int] = {}

    def _fetch(self, word: str) -> None:
        place = self._groups.pop(word[:1], None)
        if place is not None:
            own = {name: count for name, count in self._own.items() if name[:1] == word[:1]}
            self.update(json.loads(self._bytes[place[0] : place[1]]))
            self.update(own)

    def __setitem__(self, word: str, count: int) -> None:
        """Set a frequency; it stays when the words of its first character come."""
        self._own[word] = count
        super().__setitem__(word, count)

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
    return _tags(word[:1]).get(word, "") if word else ""


@cache
def _class_places() -> tuple[Path, dict[str, list[int]]]:
    import jieba

    _, index, classes = _files(jieba)
    return classes, json.loads(index.read_text(encoding="utf-8"))["classes"]


@cache
def _tags(first: str) -> dict[str, str]:
    """The word classes of the words that begin with a character: few questions need more than a dozen characters."""
    path, places = _class_places()
    place = places.get(first)
    if place is None:
        return {}
    with path.open("rb") as file:
        file.seek(place[0])
        text = file.read(place[1] - place[0]).decode("utf-8")
    found: dict[str, str] = json.loads(text)
    return found


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
    words, index, _ = _files(jieba)
    facts = json.loads(index.read_text(encoding="utf-8"))
    tokenizer.FREQ = Frequencies(words, facts["groups"])
    tokenizer.total = facts["total"]
    tokenizer.initialized = True
    for line in (resources.files("tiaowen.rules") / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            tokenizer.add_word(line.strip(), freq=20_000)
    return tokenizer


def _files(jieba: Any) -> tuple[Path, Path, Path]:
    """The dictionary in the cache folder (counts, places, word classes), made on first use and moved there whole."""
    folder = cache_folder()
    stem = f"jieba-{getattr(jieba, '__version__', '0')}-{_FORMAT}"
    words, index, classes = folder / f"{stem}-words.json", folder / f"{stem}.json", folder / f"{stem}-classes.json"
    if not _whole(words, index, classes):
        with jieba.get_module_res("dict.txt") as source:
            lines = source.read().decode("utf-8").splitlines()
        _write(lines, words, index, classes)
    return words, index, classes


def _whole(words: Path, index: Path, classes: Path) -> bool:
    try:
        facts = json.loads(index.read_text(encoding="utf-8"))
        return bool(facts["size"] == words.stat().st_size and facts["classes_size"] == classes.stat().st_size)
    except (ValueError, KeyError, OSError):
        return False


def _write(lines: Iterable[str], words: Path, index: Path, classes: Path) -> None:
    counts: dict[str, int] = {}
    kinds: dict[str, str] = {}
    total = 0
    for line in lines:
        word, uses, kind = line.split(" ")
        counts[word], kinds[word] = int(uses), kind
        total += int(uses)  # a word listed twice counts twice, as in jieba
        for end in range(1, len(word)):
            counts.setdefault(word[:end], 0)
    held, groups = _grouped(counts)
    classed, class_groups = _grouped(kinds)
    write_whole(words, held)
    write_whole(classes, classed)
    facts = {"total": total, "groups": groups, "size": len(held), "classes": class_groups, "classes_size": len(classed)}
    write_whole(index, json.dumps(facts, ensure_ascii=False).encode("utf-8"))


def _grouped(values: Mapping[str, object]) -> tuple[bytes, dict[str, list[int]]]:
    """A JSON object for the words of each first character, one after the other, and where each of them stands."""
    by_first: dict[str, dict[str, object]] = {}
    for word, value in values.items():
        by_first.setdefault(word[:1], {})[word] = value
    groups, pieces, at = {}, [], 0
    for first, found in by_first.items():
        piece = json.dumps(found, ensure_ascii=False).encode("utf-8")
        groups[first] = [at, at + len(piece)]
        pieces.append(piece)
        at += len(piece)
    return b"".join(pieces), groups


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.replace(name, path)
