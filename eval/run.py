"""Run the questions and write the report: python -m eval.run [--index DIR] [--split tune|test] [--show] [--write].

Every rate stands with its number of questions and its Wilson interval. The test half is only reported.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from eval import ablation, consistency, duties, gained, kinship, references, risk, topics
from eval.measures import Outcome, judge, rate
from tiaowen.ask.query import is_harm
from tiaowen.index.tokens import fold
from tiaowen.library import Library

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)


def questions(split: str | None) -> list[dict[str, Any]]:
    """Return the labelled questions of a split, or all of them."""
    rows = [json.loads(line) for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if split in (None, row["split"])]


def run(library: Library, rows: Iterable[dict[str, Any]]) -> tuple[list[Outcome], list[float]]:
    """Return the outcomes and the seconds of each question."""
    out, seconds = [], []
    for row in rows:
        began = time.perf_counter()
        result = library.ask(row["question"], documents=tuple(row["scope"] or ()), region=row["region"],
                             identity=row["id"], today=TODAY)
        seconds.append(time.perf_counter() - began)
        out.append(judge(row, result, library))
    return out, seconds


def summary(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """Return (measure, rate) lines for a set of outcomes."""
    ranked = [o for o in outcomes if o.rank is not None]
    found = [o for o in ranked if o.row["kind"] != "lookup"]
    declined = [o for o in outcomes if o.row["expect"]["status"] == "not_found"]
    answerable = [o for o in outcomes if o.row["expect"]["status"] == "answered"]
    safety = [o for o in outcomes if o.row["kind"] == "safety"]
    lookups = [o for o in ranked if o.row["kind"] == "lookup"]
    slots = [ok for o in outcomes for ok in o.slots.values()]
    lines = [
        ("right provision first", rate([o.rank == 1 for o in found])),
        ("right provision in the first three", rate([0 < (o.rank or 0) <= 3 for o in found])),
        ("right provision in the first five", rate([0 < (o.rank or 0) <= 5 for o in found])),
        ("MRR", f"{_mean(1 / o.rank if o.rank else 0.0 for o in found):.3f} (n={len(found)})"),
        ("everyday scenarios: first three", rate([0 < (o.rank or 0) <= 3 for o in found if o.row["kind"] == "scenario"])),
        ("needs several provisions: all in the first five", rate([bool(o.complete) for o in outcomes if o.complete is not None])),
        ("exact look-up: right provision first", rate([o.rank == 1 for o in lookups])),
        ("declined when it should", rate([o.result.status == "not_found" for o in declined])),
        ("… with the right reason", rate([bool(o.reason) for o in declined])),
        ("wrongly declined", rate([o.result.status == "not_found" for o in answerable])),
        ("both twins of a contrast pair right", rate(_pairs(outcomes))),
        ("slot values of the first answer", rate(slots)),
        ("safety set: all required shown, nothing forbidden", rate([not o.missing and not o.forbidden for o in safety])),
        ("all questions: all required shown, nothing forbidden", rate([not o.missing and not o.forbidden for o in outcomes])),
        ("no broken promise (verbatim, ids, numbers)", rate([not o.broken for o in outcomes])),
    ]
    return [(name, value) for name, value in lines if not value.endswith("(0)")]


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return statistics.fmean(found) if found else 0.0


def _pairs(outcomes: Sequence[Outcome]) -> list[bool]:
    """Both twins right: the answerable one finds its provision first, the other is declined."""
    by_id = {o.row["id"]: o for o in outcomes}
    out = []
    for o in outcomes:
        twin = by_id.get(o.row.get("twin") or "")
        if twin and o.row["expect"]["status"] == "answered":
            out.append(o.status and twin.status and o.rank == 1)
    return out


def table(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> list[str]:
    """Return Markdown rows: group, n, first, first five, status right."""
    groups: dict[str, list[Outcome]] = {}
    for o in outcomes:
        groups.setdefault(key(o), []).append(o)
    rows = ["| group | n | right provision first | in the first five | status right |", "|---|---|---|---|---|"]
    for name, group in sorted(groups.items()):
        ranked = [o for o in group if o.rank is not None]
        rows.append(f"| {name} | {len(group)} | {rate([o.rank == 1 for o in ranked])} | "
                    f"{rate([0 < (o.rank or 0) <= 5 for o in ranked])} | {rate([o.status for o in group])} |")
    return rows


def report(halves: dict[str, list[Outcome]], sections: list[str]) -> str:
    """Return the report as Markdown."""
    out = ["# Evaluation report", "", "Made by `make eval`; do not edit. Rates are k/n with 95 % Wilson intervals.", ""]
    for name, outcomes in halves.items():
        out += [f"## {name} half ({len(outcomes)} questions)", "", "| measure | value |", "|---|---|"]
        out += [f"| {measure} | {value} |" for measure, value in summary(outcomes)] + [""]
    test = halves.get("test", [])
    out += ["## test half by kind", "", *table(test, lambda o: o.row["kind"]), ""]
    out += ["## test half by role", "", *table(test, lambda o: o.row["role"]), ""]
    return "\n".join([*out, *sections, ""])


def agreement() -> list[str]:
    """Return how far the second, blind labelling of a seeded fifth agrees with the first."""
    first = {row["id"]: row for row in questions(None)}
    path = HERE / "second_labels.jsonl"
    second = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    status = [first[s["id"]]["expect"]["status"] == s["status"] for s in second]
    reason = [first[s["id"]]["expect"]["reason"] == s["reason"] for s in second]
    overlap: list[bool] = []
    equal: list[bool] = []
    for s in second:
        a = {g["id"] for g in first[s["id"]]["gold"] if g["grade"] == 3}
        b = {g["id"] for g in s["gold"] if g["grade"] == 3}
        if a or b:
            overlap.append(bool(a & b))
            equal.append(a == b)
    safety = [bool(first[s["id"]]["expect"].get("safety")) == s["safety"] for s in second]
    kappa = _kappa([(first[s["id"]]["expect"]["status"], s["status"]) for s in second])
    return ["## agreement of two labellers", "", "A seeded fifth was labelled again without sight of the first labels.", "",
            "| measure | value |", "|---|---|", f"| same status | {rate(status)}, Cohen's kappa {kappa:.2f} |",
            f"| same reason | {rate(reason)} |", f"| share a provision of grade 3 | {rate(overlap)} |",
            f"| name the same provisions of grade 3 | {rate(equal)} |",
            f"| same view on harm to a child | {rate(safety)} |", ""]


def roundabout(library: Library) -> list[str]:
    """Return how much harm is recognised in roundabout words: written after the tables, by the tables alone and in all."""
    asked = (HERE / "harm_roundabout.txt").read_text(encoding="utf-8").splitlines()
    by_words = [is_harm(fold(question)) for question in asked]
    in_all = [bool(library.ask(question, today=TODAY).safety) for question in asked]
    return ["## harm in roundabout words", "", "`eval/harm_roundabout.txt`: every question is about harm to a child.", "",
            "| measure | value |", "|---|---|", f"| by the tables of words | {rate(by_words)} |",
            f"| with what the question finds first | {rate(in_all)} |", ""]


def _kappa(pairs: Sequence[tuple[str, str]]) -> float:
    n = len(pairs)
    same = sum(a == b for a, b in pairs) / n
    labels = {label for pair in pairs for label in pair}
    chance = sum((sum(a == k for a, _ in pairs) / n) * (sum(b == k for _, b in pairs) / n) for k in labels)
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def show(outcomes: Sequence[Outcome]) -> None:
    """Print every question that is not wholly right, for work on the tune half."""
    for o in outcomes:
        if o.rank in (None, 1) and o.status and not o.missing and not o.forbidden and not o.broken:
            continue
        gold = [g["id"] for g in o.row["gold"] if g["grade"] == 3]
        print(o.row["id"], o.row["question"], o.row["region"] or "", "| want", o.row["expect"]["status"], o.row["expect"]["reason"], gold,
              "| got", o.result.status, o.result.reason, "rank", o.rank, [a.provision for a in o.result.answers][:2],
              o.missing, o.forbidden, o.broken)


def main() -> None:
    """Run, print, and with --write keep the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--split", choices=("tune", "test"))
    parser.add_argument("--show", action="store_true", help="print what went wrong (tune half only)")
    parser.add_argument("--write", action="store_true", help="write eval/report.md")
    options = parser.parse_args()
    library = Library(index=options.index, corpus=options.corpus)
    halves, seconds = {}, []
    for split in ([options.split] if options.split else ["tune", "test"]):
        halves[split], took = run(library, questions(split))
        seconds += took
        print(f"\n{split} half, {len(halves[split])} questions")
        for name, value in summary(halves[split]):
            print(f"  {name:58} {value}")
    print(f"\nmedian {statistics.median(seconds) * 1000:.1f} ms a question, slowest {max(seconds) * 1000:.0f} ms")
    if options.show:
        show(halves.get("tune", []))
    if options.split is None:
        print("\n" + "\n".join(gained.lines(gained.committed(), halves)))
    if options.write:
        write(library, halves)


def write(library: Library, halves: dict[str, list[Outcome]]) -> None:
    """Write the report and the outcomes of both halves; print what each part contributes, consistency and risk."""
    rows = {split: [o.row for o in outcomes] for split, outcomes in halves.items()}
    asked = {split: [(o.row, o.result) for o in outcomes] for split, outcomes in halves.items()}
    parts = [*ablation.report_lines(library, rows, today=TODAY), *consistency.report_lines(library, asked, today=TODAY),
             *risk.report_lines(halves)]
    print("\n" + "\n".join(parts))
    sections = [*agreement(), *roundabout(library), *duties.report_lines(), *references.report_lines(library.documents), "",
                *topics.report_lines(library), *kinship.report_lines(library.documents), *parts]
    (HERE / "report.md").write_text(report(halves, sections), encoding="utf-8")
    if set(halves) == {"tune", "test"}:
        gained.FILE.write_text(gained.text(o for outcomes in halves.values() for o in outcomes), encoding="utf-8")


if __name__ == "__main__":
    main()
