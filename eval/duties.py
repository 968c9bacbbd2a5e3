"""Score duty frames against the hand-labelled register: python -m eval.duties [--show].

Gold clauses (eval/duties.jsonl) are finer than frames: a later member of a series is a clause of its own there, and part
of the frame of its sentence here; now and then a frame is the finer one. So clauses and frames are first put into groups:

- a clause joins the frame whose action shares most characters with its own action (with its quote where no action does);
- a frame that no clause joined is put to the clause whose quote it overlaps most; without any overlap it stands alone.

In a group every slot is compared as a set of values (white space apart): a value on both sides is right, one that only the
frames hold is a false positive, one that only the gold holds is a false negative. Splitting a sentence differently is
thus not punished twice, a value booked to the wrong clause of another group is. A clause without any frame loses all its
values, a frame without any clause gives only false ones. A time limit is right only with its kind. The leaves
(eval/leaves.jsonl) hold the unit list, limits, frequencies, figures and guided bodies of every leaf of the plans; those
lists are compared with repeats. Only mistakes of the tune half are ever printed; of the test half only totals.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from eval.measures import rate
from tiaowen.duty.frames import frames
from tiaowen.model import Document, DutyFrame, Slot, Span
from tiaowen.parse.document import parse
from tiaowen.parse.source import folders, load

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
SLOTS = ("bearer", "modality", "recipients", "recipient_bodies", "time_limit", "frequency", "units", "lead_units", "unit_mode",
         "amount", "target", "trigger", "mediated_by", "figures", "hedges")
BARS = ("bearer", "modality", "recipients", "time_limit", "frequency", "units")


@dataclass(frozen=True, slots=True)
class Clause:
    """A gold clause with the places of its quote and of its action in the clean text."""

    row: dict[str, Any]
    quote: Span
    action: Span


@dataclass(slots=True)
class Count:
    """Values found rightly, found wrongly, and missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 1 where there is nothing to find and nothing was."""
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else 1.0

    def line(self) -> str:
        """Return precision, recall with their counts, and F1."""
        precision = rate([True] * self.right + [False] * self.false)
        recall = rate([True] * self.right + [False] * self.missed)
        return f"{precision} | {recall} | {self.f1:.3f}"

    def add(self, gold: Iterable[Any], found: Iterable[Any]) -> None:
        """Count a set (or, with repeats, a list) of gold values against one of found values."""
        have, want = Counter(found), Counter(gold)
        self.right += sum((have & want).values())
        self.false += sum((have - want).values())
        self.missed += sum((want - have).values())


@dataclass(slots=True)
class Group:
    """Clauses and frames that speak of the same words."""

    clauses: list[Clause] = field(default_factory=list)
    frames: list[DutyFrame] = field(default_factory=list)


@cache
def documents() -> dict[str, Document]:
    """Return the shipped documents of the local shelf, parsed."""
    found = [parse(load(folder)) for folder in folders(CORPUS) if folder.parent == CORPUS]
    return {document.meta.id: document for document in found}


def gold(name: str) -> list[dict[str, Any]]:
    """Return the rows of a gold file of this folder."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def _plain(value: str) -> str:
    return "".join(value.split())


def locate(text: str, within: Span, words: str, after: int) -> Span:
    """Return where words stand, white space apart, from `after` on, else from the start; raises ValueError."""
    kept = [i for i in range(within.start, within.end) if not text[i].isspace()]
    joined, wanted = "".join(text[i] for i in kept), _plain(words)
    skip = sum(1 for i in kept if i < after)
    at = joined.find(wanted, skip)
    at = joined.index(wanted) if at < 0 else at
    return Span(kept[at], kept[at + len(wanted) - 1] + 1)


def clauses(rows: Iterable[dict[str, Any]], document: Document) -> list[Clause]:
    """Return the gold clauses of one document with their places."""
    out: list[Clause] = []
    after = 0
    for row in rows:
        place = document.get(row["at"])
        after = max(after, place.full.start) if out and out[-1].row["provision"] == row["provision"] else place.full.start
        quote = locate(document.clean.text, place.full, row["quote"], after)
        try:
            action = locate(document.clean.text, quote, row["action"], quote.start)
        except ValueError:
            action = quote
        out.append(Clause(row, quote, action))
        after = quote.start + 1
    return out


def _overlap(a: Span | Slot, b: Span | Slot) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def groups(labelled: Sequence[Clause], found: Sequence[DutyFrame]) -> list[Group]:
    """Return the groups of one provision."""
    by_frame = {frame.id: Group([], [frame]) for frame in found}
    out, of_clause = list(by_frame.values()), {}
    for clause in labelled:
        best = max(found, key=lambda f: (_overlap(clause.action, f.action), _overlap(clause.quote, f.action)), default=None)
        if best and (_overlap(clause.action, best.action) or _overlap(clause.quote, best.action)):
            group = by_frame[best.id]
        else:
            group = Group()
            out.append(group)
        group.clauses.append(clause)
        of_clause[id(clause)] = group
    for frame in found:
        own = by_frame[frame.id]
        near = max(labelled, key=lambda c: _overlap(c.quote, frame.action), default=None)
        if not own.clauses and near and _overlap(near.quote, frame.action):
            of_clause[id(near)].frames.append(frame)
            out.remove(own)
    return out


def gold_values(row: dict[str, Any], slot: str) -> set[Any]:
    """Return the values that a gold clause holds in a slot."""
    return _values(row[slot], row["limit_kind"] if slot == "time_limit" else None)


def frame_values(frame: DutyFrame, slot: str) -> set[Any]:
    """Return the values that a frame holds in a slot."""
    found = getattr(frame, slot)
    if isinstance(found, tuple):
        return {_plain(one.text if isinstance(one, Slot) else one) for one in found}
    return _values(found.text if isinstance(found, Slot) else found, frame.limit_kind if slot == "time_limit" else None)


def _values(value: Any, kind: str | None) -> set[Any]:
    if value is None or value == []:
        return set()
    if isinstance(value, list):
        return {_plain(v) for v in value}
    return {(_plain(value), kind)} if kind else {_plain(value)}


def score(split: str, *, show: bool = False) -> dict[str, Count]:
    """Return the counts of every slot over one half; `show` prints mistakes and works on the tune half only."""
    counts = {slot: Count() for slot in SLOTS}
    rows = [row for row in gold("duties.jsonl") if row["split"] == split]
    for name, document in documents().items():
        own = [row for row in rows if row["provision"].startswith(f"{name}#")]
        labelled, made = clauses(own, document), frames(document)
        for key in dict.fromkeys(row["provision"] for row in own):
            here = [c for c in labelled if c.row["provision"] == key]
            for group in groups(here, [f for f in made if f"{name}#{f.provision}" == key]):
                for slot in SLOTS:
                    want = set().union(*(gold_values(c.row, slot) for c in group.clauses))
                    have = set().union(*(frame_values(f, slot) for f in group.frames))
                    counts[slot].add(want, have)
                    if show and split == "tune" and want != have:
                        _tell(key, slot, want - have, have - want, group)
    return counts


def clause_by_clause(split: str) -> dict[str, list[bool]]:
    """Return for every clause and slot of BARS whether a frame of its group holds the clause's own values, no merging.

    Stricter than `score` where one frame covers several clauses: each clause counts, and a value that its frame lacks or
    adds counts against it.
    """
    out: dict[str, list[bool]] = {slot: [] for slot in BARS}
    rows = [row for row in gold("duties.jsonl") if row["split"] == split]
    for name, document in documents().items():
        labelled = clauses([row for row in rows if row["provision"].startswith(f"{name}#")], document)
        for key in dict.fromkeys(c.row["provision"] for c in labelled):
            for group in groups([c for c in labelled if c.row["provision"] == key], _of(key)):
                for clause in group.clauses:
                    for slot, values in out.items():
                        values.append(any(gold_values(clause.row, slot) == frame_values(f, slot) for f in group.frames))
    return out


def _tell(key: str, slot: str, missed: set[Any], false: set[Any], group: Group) -> None:
    words = " ‖ ".join(c.row["quote"] for c in group.clauses) or "(no clause)"
    acts = " ‖ ".join(f.action.text for f in group.frames) or "(no frame)"
    print(f"{slot:12} {key} missed {sorted(map(str, missed))} false {sorted(map(str, false))}\n    gold: {words}\n    made: {acts}")


def score_leaves(split: str, *, show: bool = False) -> dict[str, Count]:
    """Return the counts of limits, frequencies and figures over every leaf of the plans of one half, with repeats."""
    counts = {name: Count() for name in ("time_limits", "frequencies", "figures")}
    for row in (row for row in gold("leaves.jsonl") if row["split"] == split):
        found = _of(row["provision"])
        made: dict[str, list[Any]] = {
            "time_limits": [(_plain(f.time_limit.text), f.limit_kind) for f in found if f.time_limit],
            "frequencies": [_plain(f.frequency.text) for f in found if f.frequency],
            "figures": [_plain(s.text) for f in found for s in f.figures]}
        want: dict[str, list[Any]] = {
            "time_limits": [(_plain(w), k) for w, k in row["time_limits"]],
            "frequencies": [_plain(w) for w in row["frequencies"]], "figures": [_plain(w) for w in row["figures"]]}
        for name, count in counts.items():
            count.add(want[name], made[name])
            if show and split == "tune" and Counter(want[name]) != Counter(made[name]):
                print(f"leaf {name:12} {row['provision']} gold {want[name]} made {made[name]}")
    return counts


@cache
def _made(name: str) -> tuple[DutyFrame, ...]:
    return frames(documents()[name])


def _of(provision: str) -> list[DutyFrame]:
    name, _, eid = provision.partition("#")
    return [f for f in _made(name) if f.provision == eid]


def mediated(split: str, *, show: bool = False) -> tuple[list[bool], list[bool], list[bool]]:
    """Return for each guided body of the leaves: its verb is found; X is bearer of nothing there; X is the object given.

    A verb counts as found too where it lies inside what a guided body does (督促 X 引导 Y): nothing is cut in there.
    Passages that set no duty (指导思想, 基本原则) have no frames and are left out.
    """
    seen, free, objects = [], [], []
    for row in (row for row in gold("leaves.jsonl") if row["split"] == split):
        found, after = _of(row["provision"]), 0
        document = documents()[row["provision"].partition("#")[0]]
        for verb, guided in row["mediated"] if found else ():
            place, whom, after = _guided(document, row["provision"], verb, guided, after)
            at = [f for f in found if f.mediated_by and (_overlap(f.mediated_by, place) or _overlap(f.action, place))]
            seen.append(bool(at))
            direct = [f for f in at if f.mediated_by and _overlap(f.mediated_by, place)]
            if whom:
                free.append(not any(f.bearer and _overlap(f.bearer, whom) for f in found))
                if direct:
                    objects.append(any(f.object and _plain(f.object.text) == _plain(guided) for f in direct))
            if show and split == "tune" and not (seen[-1] and (not whom or free[-1]) and (not whom or not direct or objects[-1])):
                given = [f.object.text for f in direct if f.object]
                print(f"guided {row['provision']} {verb} {guided} found {bool(at)} object {given}")
    return seen, free, objects


def _guided(document: Document, provision: str, verb: str, guided: str | None, after: int) -> tuple[Span, Span | None, int]:
    full, text = document.get(provision.partition("#")[2]).full, document.clean.text
    heading = document.get(provision.partition("#")[2]).heading
    start = max(after, heading.end if heading else full.start)
    at = text.find(verb, start, full.end)
    if guided:
        best = locate(text, full, guided, start)
        while True:
            following = text.find(verb, at + 1, best.start)
            if following < 0:
                break
            at = following
        return Span(at, at + len(verb)), best, at + 1
    return Span(at, at + len(verb)), None, at + 1


def unit_lines() -> dict[str, list[bool]]:
    """Return by document whether each printed unit line gives the gold units, lead units and mode."""
    out: dict[str, list[bool]] = {}
    for row in gold("leaves.jsonl"):
        if not row["unit_mode"]:
            continue
        name, _, eid = row["provision"].partition("#")
        document = documents()[name]
        units = document.get(eid).units
        out.setdefault(name, []).append(
            units is not None and [document.cut(s) for s in units.names] == row["units"]
            and [document.cut(s) for s in units.lead] == row["lead_units"] and units.mode == row["unit_mode"])
    return out


def verbatim() -> list[bool]:
    """Return for every slot of every frame of the corpus whether it is the slice at its span."""
    out = []
    for name, document in documents().items():
        for frame in _made(name):
            for key in DutyFrame.__dataclass_fields__:
                value = getattr(frame, key)
                for one in value if isinstance(value, tuple) else (value,):
                    if isinstance(one, Slot):
                        out.append(document.clean.text[one.start : one.end] == one.text)
    return out


AGREED: tuple[str, ...] = (*SLOTS[:6], "action", *SLOTS[6:])


def agreement() -> dict[str, list[bool]]:
    """Return for every slot whether the second, blind labelling of a seeded fifth says the same, clause by clause.

    Clauses are put together by provision and quote (their order is the text's); an empty slot on both sides counts as
    the same only in the first of the two columns that the report prints.
    """
    first = gold("duties.jsonl")
    out: dict[str, list[bool]] = {name: [] for slot in AGREED for name in (slot, f"{slot}*")}
    for second in gold("duties_second.jsonl"):
        twin = _counterpart(second, first)
        for slot in AGREED:
            same = twin is not None and twin[slot] == second[slot]
            out[slot].append(same)
            if second[slot] or (twin and twin[slot]):
                out[f"{slot}*"].append(same)
    return out


def _counterpart(row: dict[str, Any], others: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    def near(other: dict[str, Any]) -> float:
        quotes = _plain(other["quote"]), _plain(row["quote"])
        return SequenceMatcher(None, *quotes, autojunk=False).ratio() + float(other["action"] == row["action"])

    return max((r for r in others if r["provision"] == row["provision"]), default=None, key=near)


def agreement_lines() -> list[str]:
    """Return the agreement as a table."""
    found = agreement()
    out = ["### agreement of two labellers", "", "A seeded fifth (13 articles, 8 leaves) labelled again without sight of the first.", "",
           "| slot | the same | the same, where one of the two is filled |", "|---|---|---|"]
    return [*out, *(f"| {slot} | {rate(found[slot])} | {rate(found[f'{slot}*'])} |" for slot in AGREED), ""]


def report_lines() -> list[str]:
    """Return the section on duties for eval/report.md: both halves by slot, then the checks over whole documents."""
    out = ["## duties", "", "Frames against clauses labelled by hand (docs/duty-labelling.md), halves cut by article or leaf.", ""]
    rows = gold("duties.jsonl")
    for split in ("tune", "test"):
        clauses_of = sum(1 for row in rows if row["split"] == split)
        out += [f"### {split} half ({clauses_of} clauses)", "", "| slot | precision | recall | F1 |", "|---|---|---|---|"]
        found = {**score(split), **{f"leaves: {k}": v for k, v in score_leaves(split).items()}}
        out += [f"| {name} | {count.line()} |" for name, count in found.items()]
        out += ["", "| clause by clause, unmerged, empty slots too | value |", "|---|---|"]
        out += [f"| {name} | {rate(values)} |" for name, values in clause_by_clause(split).items()]
        out += ["", "| guided bodies of the leaves | value |", "|---|---|"]
        names = ("verb found", "never bearer of what they are guided to", "given as object")
        out += [f"| {name} | {rate(values)} |" for name, values in zip(names, mediated(split), strict=True)] + [""]
    out += agreement_lines()
    out += ["### whole corpus", "", "| check | value |", "|---|---|", f"| slots that are the slice at their span | {rate(verbatim())} |"]
    out += [f"| unit lines of {name} | {sum(right)}/{len(right)} |" for name, right in unit_lines().items()]
    return [*out, ""]


def main() -> None:
    """Print the section; with --show the mistakes of the tune half first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", nargs="?", const="all", help="print what went wrong in the tune half")
    if parser.parse_args().show:
        score("tune", show=True)
        score_leaves("tune", show=True)
        mediated("tune", show=True)
    print("\n".join(report_lines()))


if __name__ == "__main__":
    main()
