"""What each part of the ranking contributes: channels alone, the whole, and the whole with one part switched off.

Only answerable questions that name no exact provision. The ranking is the search's own; the answer, which puts a duty to
report outwards before one that stays inside, is measured by the rest of the report.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from eval.paired import Difference, difference
from tiaowen.ask.query import COMMON, HARM, Concept, Understanding, understand, with_harm
from tiaowen.ask.scope import Asked, documents_asked, place_asked
from tiaowen.ask.search import Found, near_harm, query_tokens, search, vector_text
from tiaowen.ask.view import Unit, View
from tiaowen.index import dense
from tiaowen.library import Library
from tiaowen.rules import table

MEASURES = {"Success@1": Success(rel=3) @ 1, "Success@5": Success(rel=3) @ 5, "RR": RR(rel=3), "nDCG@10": nDCG @ 10}
TESTED = ("Success@1", "nDCG@10")
DEPTH = 20
LEAST = 8
FEATURES = {
    "BM25 score": ("lexical",), "vector score": ("vector",), "each word met (late interaction)": ("late",),
    "coverage of the question": ("cover",), "asked slot filled": ("slot",),
    "length": ("whole",), "place": ("place",), "reporting outwards": ("outward", "report"),
    "outward duty": ("outward",), "duty to report": ("report",), "duty of others": ("others",),
}
Ranking = list[str]


class Headless(View):
    """The units without the headings that they stand under; the channels' index keeps them."""

    def unit(self, number: int) -> Unit:
        """Return the unit with a running number, its words alone."""
        found = super().unit(number)
        return replace(found, head="", words=found.words[len(found.head) + 1 :])


@dataclass(frozen=True)
class Case:
    """A question, what was understood of it, and what its search found."""

    row: dict[str, Any]
    u: Understanding
    unmended: Understanding
    scope: tuple[str, ...]
    region: str | None
    library: Library = field(repr=False)

    def found(self, u: Understanding, *, view: View | None = None, scope: Sequence[str] | None = None,
              encoder: bool = True) -> Found:
        """Return what the search finds for an understanding of this question."""
        view = view or self.library.view
        within = frozenset(self.scope if scope is None else scope)
        return search(u, view, allowed=lambda i: view.places[i][0].meta.id in within, region=self.region,
                      encoder=self.library.encoder if encoder else None)

    @cached_property
    def ready(self) -> tuple[Understanding, Found]:
        """The understanding and what it finds, as an answer is made from them: harm may show only in what is found."""
        found = self.found(self.u)
        if self.u.endangered and not self.u.harm and near_harm(found):
            harmed = with_harm(self.u)
            return harmed, self.found(harmed)
        return self.u, found


    def again(self, u: Understanding, *, scope: Sequence[str] | None = None) -> Found:
        """Return what is found with one part switched off; what is ready where that changes nothing for this question."""
        if u == self.ready[0] and (scope is None or set(scope) == set(self.scope)):
            return self.ready[1]
        return self.found(u, scope=scope)


def case(row: dict[str, Any], library: Library, *, today: date) -> Case:
    """Return a question as the answer understands it."""
    held = [d for d in library.documents if d.meta.shelf == "local"]
    asked = Asked(row["question"], tuple(row["scope"] or ()), row["region"], "local", today)
    u = understand(asked.question, documents=held, spelling=library.view.spelling)
    found, _ = place_asked(u, held, asked.region)
    region = asked.region or (found.path if found else None)
    return Case(row, u, understand(asked.question, documents=held), documents_asked(u, held, asked), region, library)


def cases(rows: Sequence[dict[str, Any]], library: Library, *, today: date) -> list[Case]:
    """Return the answerable questions that name no exact provision."""
    wanted = [row for row in rows if row["expect"]["status"] == "answered" and row["gold"] and row["kind"] != "lookup"]
    made = (case(row, library, today=today) for row in wanted)
    return [c for c in made if c.u.reference is None and c.u.problem is None]


def units(found: Found) -> Ranking:
    """Return the units of a ranking, best first."""
    return [c.unit.key for c in found.candidates[:DEPTH]]


def reranked(found: Found, library: Library, weights: Mapping[str, float]) -> Ranking:
    """Return the ranking of the same candidates by other weights; ties stay in document order."""
    def order(candidate: Any) -> tuple[float, int]:
        unit = candidate.unit
        score = sum(weights.get(name, 0.0) * value for name, value in candidate.features.items())
        return -round(score, 9), library.view.number[unit.document.meta.id, unit.provision.eid]

    return [c.unit.key for c in sorted(found.candidates, key=order)[:DEPTH]]


def without_lay(u: Understanding) -> Understanding:
    """Return the understanding with every everyday word standing for itself alone, as a plain word."""
    return replace(u, concepts=tuple(c if c.said == HARM else _itself(c) for c in u.concepts), translated=())


def _itself(concept: Concept) -> Concept:
    if concept.kind == "word":
        return concept
    return replace(concept, means=(concept.said,), weight=0.0 if concept.said in COMMON else 1.0, kind="word")


def without_harm(u: Understanding) -> Understanding:
    """Return the understanding of a question as if nothing in it were about harm to a child."""
    return replace(u, harm=False, concepts=tuple(c for c in u.concepts if c.said != HARM))


def channel(c: Case, *, lexical: float, vector: float) -> Ranking:
    """Return the ranking by the channels alone, for the question's own words: no table, no spelling, no feature."""
    view, encoder = c.library.view, c.library.encoder
    u = without_harm(without_lay(c.unmended))
    mixed = np.zeros(len(view.places), dtype=np.float64)
    channels = [(lexical, view.generation.lexical.scores(query_tokens(u)))]
    if vector and encoder is not None and view.generation.vectors is not None:
        channels.append((vector, dense.scores(view.generation.vectors, encoder.encode([vector_text(u)], query=True)[0])))
    for weight, scores in channels:
        best = np.zeros(len(view.places), dtype=np.float64)
        np.maximum.at(best, np.asarray(view.passage_unit), scores)
        best[[d.meta.id not in c.scope for d, _ in view.places]] = 0.0
        mixed += weight * best / (best.max() or 1.0)
    order = np.argsort(-mixed, kind="stable")[:DEPTH]
    return [f"{view.places[i][0].meta.id}#{view.places[i][1].eid}" for i in order if mixed[i] > 0]


def systems(library: Library) -> dict[str, Callable[[Case], Ranking]]:
    """Return every ranking that is compared, by name; `whole` is the one that serves."""
    rank = table("weights")["rank"]
    headless = Headless(library.generation)
    everywhere = tuple(d.meta.id for d in library.documents if d.meta.shelf == "local")
    out: dict[str, Callable[[Case], Ranking]] = {
        "BM25 only": lambda c: channel(c, lexical=1.0, vector=0.0),
        "vectors only": lambda c: channel(c, lexical=0.0, vector=1.0),
        "both channels": lambda c: channel(c, lexical=rank["lexical"], vector=rank["vector"]),
        "whole": lambda c: units(c.ready[1]),
        "− everyday words": lambda c: units(c.again(without_lay(c.ready[0]))),
        "− spelling": lambda c: units(c.again(c.unmended if c.u is c.ready[0] else with_harm(c.unmended))),
        "− asked slots": lambda c: units(c.again(replace(c.ready[0], slots=()))),
        "− headings above a unit": lambda c: units(c.found(c.ready[0], view=headless)),
        "− words of reporting": lambda c: units(c.again(without_harm(c.ready[0]))),
        "− documents and places as filters": lambda c: units(c.again(c.ready[0], scope=c.row["scope"] or everywhere)),
        "− vector channel": lambda c: units(c.found(c.ready[0], encoder=False)),
    }
    for name, features in FEATURES.items():
        left = {feature: weight for feature, weight in rank.items() if feature not in features}
        out[f"− {name} (`{'`, `'.join(features)}`)"] = _weighed(left, library)
    return out


def _weighed(weights: Mapping[str, float], library: Library) -> Callable[[Case], Ranking]:
    return lambda c: reranked(c.ready[1], library, weights)


@dataclass(frozen=True, slots=True)
class Scores:
    """The mean of each measure over the questions, and each question's own value, in one order of questions."""

    mean: dict[str, float]
    each: dict[str, list[float]]


def scored(gold: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Ranking]) -> Scores:
    """Return the measures of rankings against graded gold; a question without results scores nought."""
    qrels = [Qrel(q, d, grade) for q, grades in gold.items() for d, grade in grades.items()]
    run = [ScoredDoc(q, d, float(-place)) for q, ranking in rankings.items() for place, d in enumerate(ranking)]
    values = {(m.query_id, str(m.measure)): m.value for m in ir_measures.iter_calc(list(MEASURES.values()), qrels, run)}
    each = {name: [float(values.get((q, str(measure)), 0.0)) for q in gold] for name, measure in MEASURES.items()}
    return Scores({name: float(np.mean(found)) for name, found in each.items()}, each)


def measured(chosen: Sequence[Case], library: Library) -> dict[str, Scores]:
    """Return the scores of every system over the chosen questions."""
    gold = {c.row["id"]: {g["id"]: int(g["grade"]) for g in c.row["gold"]} for c in chosen}
    return {name: scored(gold, {c.row["id"]: rank(c) for c in chosen}) for name, rank in systems(library).items()}


def compared(scores: Mapping[str, Scores]) -> dict[str, dict[str, Difference]]:
    """Return, for every system but the whole, its difference to the whole in each tested measure."""
    whole = scores["whole"]
    return {name: {measure: difference(whole.each[measure], found.each[measure]) for measure in TESTED}
            for name, found in scores.items() if name != "whole"}


def lines(split: str, chosen: Sequence[Case], library: Library) -> list[str]:
    """Return the table of a half as Markdown."""
    scores = measured(chosen, library)
    differences = compared(scores)
    out = [f"### {split} half ({len(chosen)} questions)", "",
           f"| ranking | {' | '.join(MEASURES)} | {' | '.join(f'{m}: less or more than the whole' for m in TESTED)} |",
           "|" + "---|" * (1 + len(MEASURES) + len(TESTED))]
    for name, found in scores.items():
        against = [str(differences[name][m]) if name in differences else "" for m in TESTED]
        out.append(f"| {name} | {' | '.join(f'{found.mean[m]:.3f}' for m in MEASURES)} | {' | '.join(against)} |")
    return [*out, "", *grouped(chosen, scores, "kind"), *grouped(chosen, scores, "role")]


def grouped(chosen: Sequence[Case], scores: Mapping[str, Scores], key: str) -> list[str]:
    """Return Success@1 of every ranking for each kind or role with enough questions, the others together, as Markdown."""
    size = Counter(str(c.row[key]) for c in chosen)
    large = [name for name, n in sorted(size.items(), key=lambda item: (-item[1], item[0])) if n >= LEAST]
    members = {name: [i for i, c in enumerate(chosen) if str(c.row[key]) == name] for name in large}
    members["others"] = [i for i, c in enumerate(chosen) if str(c.row[key]) not in large]
    filled = {name: held for name, held in members.items() if held}
    out = [f"Success@1 by {key} (groups of fewer than {LEAST} together)", "",
           f"| ranking | {' | '.join(f'{name} ({len(held)})' for name, held in filled.items())} |",
           "|" + "---|" * (1 + len(filled))]
    for name, found in scores.items():
        each = found.each["Success@1"]
        out.append(f"| {name} | {' | '.join(f'{np.mean([each[i] for i in held]):.2f}' for held in filled.values())} |")
    return [*out, ""]


def report_lines(library: Library, halves: Mapping[str, Sequence[dict[str, Any]]], *, today: date) -> list[str]:
    """Return the section of the report: one table for each half."""
    out = ["## what each part contributes", "",
           "Answerable questions that name no exact provision; right is a provision of grade 3, nDCG counts the grades. "
           "`− part`: the whole without that part. Behind the means: the difference to the whole, its 95 % interval "
           "(bootstrap over questions) and the p value of a paired permutation test; 0 where no question changes. "
           "The other weights stay as they are: a part may be made up for by others once they are fitted again. "
           f"With {len(systems(library)) - 1} comparisons, one in twenty of the p values is under 0.05 by chance.", ""]
    for split, rows in halves.items():
        out += lines(split, cases(rows, library, today=today), library)
    return out
