"""Which questions came right or went wrong since the committed run: eval/outcomes.jsonl holds ids and outcomes, no text."""

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from eval.measures import Outcome

FILE = Path(__file__).parent / "outcomes.jsonl"
NAMES = {"first": "right provision first", "status": "status right"}
Kept = dict[str, dict[str, bool | None]]


@dataclass(frozen=True, slots=True)
class Change:
    """The questions that are right now and were not, and the other way round; ids in the order of the questions."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


def kept(outcomes: Iterable[Outcome]) -> Kept:
    """Return what is kept of each question: right first (None where nothing is to be found), status right."""
    return {o.row["id"]: {"first": None if o.rank is None else o.rank == 1, "status": o.status} for o in outcomes}


def text(outcomes: Iterable[Outcome]) -> str:
    """Return the file: one question a line."""
    return "".join(json.dumps({"id": i, **values}) + "\n" for i, values in kept(outcomes).items())


def committed() -> Kept:
    """Return the outcomes of the last commit, of the file on disk where there is no git, nothing where neither is."""
    with suppress(OSError):
        shown = subprocess.run(["git", "show", f"HEAD:./{FILE.name}"], cwd=FILE.parent, capture_output=True, check=False)
        if shown.returncode == 0:
            return parsed(shown.stdout.decode("utf-8"))
    return parsed(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}


def parsed(lines: str) -> Kept:
    """Return the outcomes of a file's text, by question."""
    rows = [json.loads(line) for line in lines.splitlines()]
    return {row["id"]: {name: row[name] for name in NAMES} for row in rows}


def change(before: Kept, after: Kept, name: str) -> Change:
    """Return the questions of both runs whose outcome changed; one that a run does not count is left out."""
    both = [(i, before[i][name], after[i][name]) for i in after if i in before]
    return Change(tuple(i for i, old, new in both if old is False and new is True),
                  tuple(i for i, old, new in both if old is True and new is False))


def lines(before: Kept, halves: Mapping[str, Sequence[Outcome]]) -> list[str]:
    """Return what to print: counts of each half, and the ids of the tune half alone."""
    if not before:
        return ["gained and lost: no committed run to compare with"]
    out = []
    for split, outcomes in halves.items():
        after = kept(outcomes)
        out.append(f"{split} half since the committed run ({sum(i in before for i in after)} of {len(after)} questions in both)")
        for name, said in NAMES.items():
            found = change(before, after, name)
            out.append(f"  {said}: gained {len(found.gained)}, lost {len(found.lost)}")
            if split == "tune":
                out += [f"    {word}: {' '.join(ids)}" for word, ids in (("gained", found.gained), ("lost", found.lost)) if ids]
    return out
