"""Words -> topic: a curated row of `topics.toml`, several of them, or the words themselves; and where a text speaks of it.

Guarantees: pure; a topic is found by name or synonym, and by what is left of the words without padding; words that no row
knows are looked for as they are: every content word (or what it means in statutes) in one sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tiaowen.ask.query import Concept, understand
from tiaowen.index.tokens import fold, stop_words, words
from tiaowen.model import Document
from tiaowen.rules import compiled, rows, table

_TITLE = re.compile(r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》|〈[^〈〉\n]*〉")
_PUNCTUATION = re.compile(r"[\s“”\"'‘’()\[\]《》〈〉【】?!。:·-]+")
_BRACKET = re.compile(r"\([^()]*\)")
_SPLIT = re.compile(r"[、/,，;；|+]+")
_JOINING = ("和", "与", "及", "以及", "或", "或者")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a topic speaks of: patterns of a curated row, or groups of words that must stand in one sentence."""

    name: str
    row: str | None = None
    any: tuple[re.Pattern[str], ...] = ()
    under: tuple[re.Pattern[str], ...] = ()
    masks: tuple[re.Pattern[str], ...] = ()
    near: tuple[re.Pattern[str], ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    pointers: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What is compared: the words given, the name shown, and its parts; a sentence of any part belongs."""

    said: str
    name: str
    parts: tuple[Part, ...]

    @property
    def curated(self) -> bool:
        """Return whether every part is a curated row."""
        return bool(self.parts) and all(part.row for part in self.parts)


@dataclass(frozen=True, slots=True)
class Listed:
    """A curated topic as the pages list it."""

    id: str
    name: str
    area: str


def listed() -> tuple[Listed, ...]:
    """Return the curated topics in the order of the table."""
    return tuple(Listed(row["id"], row["name"], row["area"]) for row in rows("topics", "topic"))


def find_topic(said: str, *, documents: Sequence[Document] = (), curated: bool = True) -> Topic:
    """Return the topic that words name. `curated=False` passes over the curated rows: the words alone."""
    key = _key(said)
    if not key:
        return Topic(said, said.strip(), ())
    whole = (_named(key) or _named(_key(_BRACKET.sub("", fold(said))))) if curated else None
    if whole is not None:
        return Topic(said, whole.name, (whole,))
    apart = fold(said).split()
    pieces = apart if curated and len(apart) > 1 and all(_named(_key(piece)) for piece in apart) else _pieces(fold(said))
    telling = [piece for piece in pieces if _bare(_key(piece)) not in table("topics")["quiet"]] or pieces
    parts = [part for piece in telling if (part := _part(piece, documents, curated=curated)) is not None]
    return Topic(said, said.strip(), tuple(dict.fromkeys(parts)))


def _part(piece: str, documents: Sequence[Document], *, curated: bool) -> Part | None:
    if curated:
        return _named(_key(piece)) or _narrowed(_key(piece), documents) or _free(piece, documents)
    return _free(piece, documents)


def _key(text: str) -> str:
    return _PUNCTUATION.sub("", fold(text))


@cache
def _names() -> dict[str, str]:
    """Name or synonym, as given and bare -> id of the row; a full name comes before a bare one."""
    out: dict[str, str] = {}
    full = [(_key(name), str(row["id"])) for row in rows("topics", "topic") for name in (row["name"], *row.get("also", ()))]
    for name, identity in full:
        out.setdefault(name, identity)
    for name, identity in full:
        if len(_bare(name)) > 1:
            out.setdefault(_bare(name), identity)
    return out


def _bare(key: str) -> str:
    """The name without padding before and after it: 未成年人文身治理工作 → 文身治理."""
    quiet = sorted(table("topics")["quiet"], key=len, reverse=True)
    changed = True
    while changed:
        changed = False
        for word in quiet:
            if key.startswith(word) and len(key) - len(word) > 1:
                key, changed = key[len(word) :], True
            if key.endswith(word) and len(key) - len(word) > 1:
                key, changed = key[: -len(word)], True
    return key


def _named(key: str) -> Part | None:
    """The row that a key names, in full or bare."""
    identity = _names().get(key) or _names().get(_bare(key))
    return part_of(identity) if identity else None


def _narrowed(key: str, documents: Sequence[Document]) -> Part | None:
    """A row whose name stands in a key: with the words beside it as a need, where it does not use them itself.

    住宿经营者接待未成年人 is the row 住宿经营者; 残疾儿童康复 is what the row 残疾儿童 finds in sentences that speak of 康复.
    """
    for name, identity in sorted(_names().items(), key=lambda item: (-len(item[0]), item[0])):
        if name not in key:
            continue
        part, beside = part_of(identity), _free(key.replace(name, ",", 1), documents)
        told = _told(identity)
        needs = tuple(group for group in (beside.needs if beside else ()) if group[0] not in told and group[0] not in table("topics")["quiet"])
        if not needs:
            return part
        return replace(part, name=key, needs=needs) if not part.under else None
    return None


@cache
def _told(identity: str) -> str:
    """The names of a row."""
    row = next(r for r in rows("topics", "topic") if r["id"] == identity)
    return fold(" ".join((row["name"], *row.get("also", ()))))


@cache
def part_of(identity: str) -> Part:
    """Return the part that a curated row stands for."""
    row = next(r for r in rows("topics", "topic") if r["id"] == identity)

    def patterns(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(compiled(pattern) for pattern in row.get(key, ()))

    return Part(row["name"], identity, patterns("any"), patterns("under"), patterns("not"), patterns("near"), (),
                tuple(row.get("pointers", ())), row["meaning"])


def _pieces(text: str) -> list[str]:
    """The things that words join: 校外培训和课后、假期托管 are three."""
    out: list[str] = []
    for piece in _SPLIT.split(text):
        run: list[str] = []
        for word in words(piece):
            if word in _JOINING:
                out.append("".join(run))
                run = []
            else:
                run.append(word)
        out.append("".join(run))
    return [piece.strip() for piece in out if piece.strip()]


def _free(said: str, documents: Sequence[Document]) -> Part | None:
    """The words themselves: each content word, or what it means in statutes, is needed; quiet words are not."""
    quiet = set(table("topics")["quiet"])
    concepts = [c for c in understand(said, documents=documents).concepts if c.weight and c.said not in quiet]
    groups = [(c.said, *(m for m in c.means if m != c.said and _same_thing(c, m))) for c in concepts]
    groups += [(w,) for w in _compounds(_bare(_key(said))) if w not in quiet and not any(w in c.said for c in concepts) and _left(w, concepts)]
    if not groups:
        bare = _bare(_key(said))
        groups = [(bare,)] if bare else []
    near = tuple(re.compile("|".join(map(re.escape, dict.fromkeys((*group, *_led_to(group[0], concepts)))))) for group in groups)
    return Part(said, None, near=near, needs=tuple(groups)) if groups else None


def _left(word: str, concepts: Sequence[Concept]) -> str:
    """What the concepts do not hold of a word."""
    for concept in concepts:
        word = word.replace(concept.said, "")
    return word


def _led_to(said: str, concepts: Sequence[Concept]) -> tuple[str, ...]:
    """What everyday words lead to: not the thing itself, but near it."""
    return next((c.means for c in concepts if c.said == said), ())


def _same_thing(concept: Concept, mean: str) -> bool:
    """Tell whether a meaning is another name of the thing: of an actor, a place, or what an abbreviation stands for.

    Other everyday words only lead to a subject (安全座椅 → 交通安全): good for finding, too wide for filling a cell.
    """
    if concept.kind in ("actor", "place") or concept.said in mean:
        return True
    left = iter(mean)
    return len(concept.said) <= 4 and all(character in left for character in concept.said)


def _compounds(bare: str) -> list[str]:
    """The words of a topic, a single character taken with the word before it: 保护 + 令 is 保护令."""
    out: list[str] = []
    for word in words(bare):
        if word in stop_words():
            continue
        if len(word) == 1 and out and "一" <= word <= "鿿":
            out[-1] += word
        elif len(word) > 1:
            out.append(word)
    return out


# -- where a text speaks of it


@cache
def asides() -> re.Pattern[str]:
    """Return the pattern of headings under which nothing is regulated: aims and principles."""
    return re.compile("|".join(map(re.escape, table("topics")["aside"])))


def readable(folded: str) -> str:
    """Return folded text with titles in 《》 and mere mentions blanked; offsets stay."""
    for pattern in (_TITLE, *map(compiled, table("topics")["mention"])):
        folded = pattern.sub(lambda match: " " * len(match[0]), folded)
    return folded


def hits(part: Part, readable_text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text speaks of a part; for words alone, where the rarest of them stands (the others are checked apart)."""
    for mask in part.masks:
        readable_text = mask.sub(lambda match: " " * len(match[0]), readable_text)
    for pattern in part.any:
        for match in pattern.finditer(readable_text):
            yield match.span()
    if part.needs and not part.any:
        first = max(part.needs, key=lambda group: max(map(len, group)))
        for word in first:
            start = readable_text.find(word)
            while start >= 0:
                yield start, start + len(word)
                start = readable_text.find(word, start + 1)


def speaks(part: Part, sentence: str) -> bool:
    """Tell whether a folded sentence belongs to a part."""
    sentence = readable(sentence)
    if not all(any(word in sentence for word in group) for group in part.needs):
        return False
    return next(hits(part, sentence), None) is not None or any(p.search(sentence) for p in part.under)
