"""References that a text prints: 本办法第十四条、第十五条, 前款, 本章, 《…》（文号）第十一条 -> `Citing` with what they reach.

Guarantees: words are a slice; no two references overlap; every target exists; where two readings fit there is no target.
`references` knows one document; `resolve` links titles and numbers to the other held documents.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tiaowen import eid as eids
from tiaowen.model import Citing, Document
from tiaowen.numerals import to_int
from tiaowen.parse.pinpoint import LEVELS, Path, deeper, eid_of, list_end, near, path_of, place_at, reach
from tiaowen.parse.titles import fold, folded_title, names
from tiaowen.rules import compiled, rows

Row = dict[str, Any]
_SENTENCE = re.compile(r"[。\n]")
_NAMED = ("number", "plan", "law", "named")
_SHORTEST = 3  # 《条例》 as a short name is read between marks only: the bare word is too common


@dataclass(frozen=True, slots=True)
class _Found:
    """A place of the text that refers to something: head and, behind it, the list of places."""

    start: int
    head: int
    end: int
    section: str
    row: Row
    title: str | None = None
    number: str | None = None
    article: str | None = None
    match: re.Match[str] | None = None


def references(document: Document) -> tuple[Citing, ...]:
    """Return the references of a document in its order, those to other documents without targets."""
    if not document.provisions:
        return ()
    found = sorted(_Finder(document).run(), key=lambda f: f.start)
    reader = _Reader(document)
    for one in found:
        reader.take(one)
    return tuple(reader.out)


class _Finder:
    """Holds which characters are taken while the tables go over the text in their order of precedence."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.clean.text
        self.taken = bytearray(len(self.text))
        self.short: list[tuple[str, str, int]] = []
        self.statute = any(p.level == "art" for p in document.provisions)
        self.labels = {p.own.start + len(words) - len(words.lstrip())
                       for p in document.provisions if p.label for words in [document.cut(p.own)]}

    def run(self) -> Iterator[_Found]:
        """Yield every reference once."""
        yield from self._titles()
        yield from self._shorts()
        for section in _NAMED:
            yield from self._heads(section)
        for section in ("self", "near", "above", "again"):
            yield from self._heads(section)
        yield from self._bare()

    def _free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def _keep(self, found: _Found) -> _Found:
        self.taken[found.start : found.end] = b"x" * (found.end - found.start)
        return found

    def _titles(self) -> Iterator[_Found]:
        row = rows("references", "title")[0]
        full: dict[str, str] = {}
        for match in compiled(row["pattern"]).finditer(self.text):
            if not self._free(*match.span()):  # the short name in （以下简称《条例》）
                continue
            title = match["title"]
            if any(compiled(r["pattern"]).search(title) for r in rows("references", "form")):
                self.taken[match.start() : match.end()] = b"x" * (match.end() - match.start())
                continue
            found = self._behind(match.start(), match.end(), "title", row, full.get(fold(title), title))
            after, names_given = self._after(match.end())
            for short in names_given:
                full[fold(short)] = title
                if len(short) >= _SHORTEST:
                    self.short.append((short, title, found.end))
            if names_given:
                self.taken[found.start : after["end"][1]] = b"x" * (after["end"][1] - found.start)
            yield self._keep(found)

    def _after(self, start: int) -> tuple[dict[str, tuple[str, int]], list[str]]:
        """What stands in brackets behind a title: number and version with where they end, short names."""
        out: dict[str, tuple[str, int]] = {}
        short: list[str] = []
        position, moved = start, True
        while moved:
            moved = False
            for row in rows("references", "after"):
                match = compiled(row["pattern"]).match(self.text, position)
                if match:
                    position, moved = match.end(), True
                    short += [match["short"]] if "short" in match.groupdict() else []
                    out |= {key: (words, match.end()) for key, words in match.groupdict().items() if key != "short"}
                    break
        out["end"] = ("", position)
        return out, short

    def _behind(self, start: int, head: int, section: str, row: Row, title: str | None = None,
                number: str | None = None) -> _Found:
        """A head with its number, version and list of places."""
        after, _ = self._after(head) if section in ("title", *_NAMED) else ({"end": ("", head)}, [])
        end = max((after[k][1] for k in ("number", "version") if k in after), default=head)
        number = after["number"][0] if "number" in after else number
        places = after["end"][1]
        if section == "near" and (between := self._between(head)):
            places = between
        stop = list_end(self.text, places)
        article = self.text[places:stop] if stop > places else None
        return _Found(start, places if article else end, stop if article else end, section, row, title, number, article)

    def _between(self, head: int) -> int:
        """前款规定的第（四）项 is one place."""
        return next((m.end() for r in rows("references", "after") if r["id"] == "of"
                     and (m := compiled(r["pattern"]).match(self.text, head))), 0)

    def _shorts(self) -> Iterator[_Found]:
        row = rows("references", "title")[0]
        for short, title, since in self.short:
            for match in re.compile(re.escape(short)).finditer(self.text, since):
                if self._free(*match.span()) and not self._goes_on(match.end()):
                    yield self._keep(self._behind(match.start(), match.end(), "title", row, title))

    def _goes_on(self, end: int) -> bool:
        """保密法 is no law in 保密法律法规."""
        return any(compiled(row["pattern"]).match(self.text, end - 1) for row in rows("references", "follows"))

    def _heads(self, section: str) -> Iterator[_Found]:
        for row in rows("references", section):
            if row.get("statute") and not self.statute:
                continue
            for match in compiled(row["pattern"]).finditer(self.text):
                groups = match.groupdict()
                name = "title" if groups.get("title") else "number" if groups.get("number") else ""
                start, end = match.span(name) if name else match.span()
                if not self._free(start, end) or (name == "number" and self._alone(start, end)):
                    continue
                found = self._behind(start, end, section, row, groups.get("title"), groups.get("number"))
                yield self._keep(replace(found, match=match))

    def _alone(self, start: int, end: int) -> bool:
        """A line that is a number alone is the number of the text itself: 国未保组〔2021〕1号."""
        before = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        return not before.strip() and not self.text[end:].partition("\n")[0].strip()

    def _bare(self) -> Iterator[_Found]:
        position = self.text.find("第")
        while position >= 0:
            end = list_end(self.text, position)
            place = place_at(self.text, position)
            if place and self._free(position, end) and position not in self.labels and self._counts(place):
                yield self._keep(_Found(position, position, end, "bare", {}, article=self.text[position:end]))
            position = self.text.find("第", max(end, position + 1))

    def _counts(self, place: re.Match[str]) -> bool:
        """In a plan 第一项, 第二章 are no places of its own, and 第二部分 only where there is one."""
        level = LEVELS[place["unit"]]
        if level == "l1":
            return bool(reach(place[0], self.document))
        return self.statute or level == "art"


class _Reader:
    """Holds the references read so far: 同法 looks back at them."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.clean.text
        self.identity = document.meta.id
        self.out: list[Citing] = []
        self.named: list[Citing] = []
        spans = sorted((s.start, s.end, p.eid) for p in document.provisions for s in (p.own, p.unit_line) if s)
        self.starts, self.spans = [s[0] for s in spans], spans
        self.statute = any(p.level == "art" for p in document.provisions)
        self.bases = [m.span() for row in rows("references", "basis") for m in compiled(row["pattern"]).finditer(self.text)]

    def take(self, found: _Found) -> None:
        """Add one reference; words outside every provision (the title of the text) are none."""
        place = bisect_right(self.starts, found.start) - 1
        if place < 0 or self.spans[place][1] <= found.start:
            return
        eid = self.spans[place][2]
        made = Citing(eid, found.start, found.end, self.text[found.start : found.end], "internal",
                      (), found.title, found.number, found.article)
        self.out.append({"self": self._self, "near": self._near, "above": self._above, "again": self._again,
                         "bare": self._bare}.get(found.section, self._named)(made, found))
        if found.section in ("title", "self", *_NAMED):
            self.named.append(self.out[-1])

    def _sentence(self, made: Citing) -> int:
        """Where the sentence of a reference begins, inside its provision."""
        start = self.document.get(made.eid).own.start
        return max((m.end() for m in _SENTENCE.finditer(self.text, start, made.start)), default=start)

    def _inside(self, made: Citing, words: str | None, context: Path = ()) -> Citing:
        """A reference to this text: to the places printed, else to the context, else to the whole."""
        if words:
            return replace(made, targets=self._full(reach(words, self.document, context=context)))
        return replace(made, targets=(self.identity,))

    def _full(self, targets: Sequence[str]) -> tuple[str, ...]:
        return tuple(eids.join(self.identity, target) for target in targets)

    def _named(self, made: Citing, found: _Found) -> Citing:
        if made.title and fold(made.title) == fold(self.document.meta.title):
            return self._inside(made, made.article)
        basis = any(start <= made.start < end for start, end in self.bases)
        return replace(made, kind="basis" if basis else "external")

    def _self(self, made: Citing, found: _Found) -> Citing:
        return self._inside(made, made.article)

    def _near(self, made: Citing, found: _Found) -> Citing:
        printed = (found.match.groupdict().get("n") if found.match else None) or "一"
        paths = near(found.row, to_int(printed), made.eid, self.document)
        if made.article:
            below = len(paths) == 1 and deeper(made.article, found.row["level"])
            return self._inside(made, made.article, paths[0]) if below else made
        reached = [eid_of(path, self.document) for path in paths]
        return replace(made, targets=self._full([e for e in reached if e])) if all(reached) else made

    def _above(self, made: Citing, found: _Found) -> Citing:
        """Sure only behind a ； of its own sentence, which sets the rules it points at."""
        sentence = self.text[self._sentence(made) : made.start]
        return replace(made, targets=self._full([made.eid])) if re.search("[；;]", sentence) else made

    def _again(self, made: Citing, found: _Found) -> Citing:
        if found.row["id"] != "same":
            return made
        last = self._last_named(made)
        if last and last.kind == "internal":
            return self._inside(made, made.article)
        return replace(made, kind="external", title=last.title if last else None)

    def _last_named(self, made: Citing) -> Citing | None:
        """The one text named before in the sentence, else in the provision; None where there are two."""
        for since in (self._sentence(made), self.document.get(made.eid).own.start):
            before = [c for c in self.named if since <= c.start]
            if before:
                return before[-1] if len({folded_title(c.title or "") for c in before}) == 1 else None
        return None

    def _earlier(self, made: Citing) -> list[Citing]:
        """References to places, and to other texts, before this one in its sentence."""
        start = self._sentence(made)
        return [c for c in self.out if start <= c.start and (c.kind != "internal" or c.targets != (self.identity,))]

    def _bare(self, made: Citing, found: _Found) -> Citing:
        before = self.text[max(0, made.start - 12) : made.start]
        unnamed = any(compiled(row["pattern"]).search(before) for row in rows("references", "unnamed"))
        place = place_at(self.text, made.start)
        level = LEVELS[place["unit"]] if place else ""
        earlier = self._earlier(made)
        if level == "art":
            elsewhere = bool(earlier) and earlier[-1].kind != "internal"
            if unnamed or not self.statute or (elsewhere and not reach(place[0] if place else "", self.document)):
                return replace(made, kind="external")
            if elsewhere:  # 刑法第三百八十九条行贿罪、第三百九十三条: of that law, or of this text?
                return made
        elif earlier and level != "l1":  # 前款规定的行为，达到第一项标准: of that 款, or of one's own?
            return made
        if unnamed or re.search("[条款项]$", before):
            return made
        above = {"para": "art", "item": "para", "point": "item", "sec": "chp"}.get(level)
        context = path_of(made.eid, above, self.document) if above else ()
        return made if context is None else self._inside(made, made.article, context)


def resolve(references: Sequence[Citing], documents: Sequence[Document], *, region: str | None = None) -> tuple[Citing, ...]:
    """Return the references with targets in `documents` for each title or number that names exactly one of them.

    `region` is that of the citing text: 《关于…的意见》 without an issuer is no text of another place. A draft is
    reached only by words that call it one. With an article, the target is that article or nothing.
    """
    return _resolved(references, _Held(documents), region)


def linked(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents with what each cites of the others resolved; earlier links are forgotten."""
    held = _Held(documents)
    return tuple(replace(d, references=_resolved(d.references, held, d.meta.region)) for d in documents)


class _Held:
    """The held documents by what can name them: a title, or a number."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.titles: dict[str, list[Document]] = {}
        self.numbers: dict[str, list[Document]] = {}
        for d in documents:
            self.titles.setdefault(folded_title(d.meta.title), []).append(d)
            if d.meta.document_number:
                self.numbers.setdefault(fold(d.meta.document_number), []).append(d)

    def named(self, citing: Citing) -> Sequence[Document]:
        """Return the documents that a reference may name."""
        if citing.title is not None:
            return self.titles.get(folded_title(citing.title), ())
        return self.numbers.get(fold(citing.number), ()) if citing.number else ()


def _resolved(references: Sequence[Citing], held: _Held, region: str | None) -> tuple[Citing, ...]:
    return tuple(c if c.kind == "internal" else replace(c, targets=_targets(c, held.named(c), region)) for c in references)


def _targets(citing: Citing, documents: Sequence[Document], region: str | None) -> tuple[str, ...]:
    held = [d for d in documents if names(citing, d, region)]
    if len(held) != 1:
        return ()
    identity = held[0].meta.id
    if not citing.article:
        return (identity,)
    return tuple(eids.join(identity, e) for e in reach(citing.article, held[0]))
