"""Risk against coverage: if only the surest questions were answered, how many of the answers would be wrong?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.measures import Outcome, rate

STEPS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A question: how sure the decision was that it can be answered, whether its first provision is right, whether it was answered."""

    confidence: float
    right: bool
    answered: bool


def judged(outcomes: Sequence[Outcome]) -> list[Judged]:
    """Return the questions that were decided by confidence: no exact look-ups, no places or documents not held.

    An answer is right where the question has one and its best provision stands first.
    """
    return [Judged(o.result.confidence, o.row["expect"]["status"] == "answered" and o.rank == 1, o.result.status == "answered")
            for o in outcomes if o.result.confidence is not None]


def thresholds(found: Sequence[Judged]) -> list[float]:
    """Return the confidences that leave out no tenth, one tenth, … nine tenths of the questions; each once, rising."""
    sure = sorted(j.confidence for j in found)
    return sorted({sure[len(sure) * step // STEPS] for step in range(STEPS)}) if sure else []


def table(found: Sequence[Judged]) -> list[str]:
    """Return Markdown rows: the threshold, the share answered, the share of wrong first answers among them."""
    out = ["| answered from confidence | share answered | wrong first answers among them |", "|---|---|---|"]
    for limit in thresholds(found):
        chosen = [j for j in found if j.confidence >= limit]
        out.append(f"| {limit:.2f} | {rate([j.confidence >= limit for j in found])} | {rate([not j.right for j in chosen])} |")
    own = [j for j in found if j.answered]
    return [*out, f"| as decided | {rate([j.answered for j in found])} | {rate([not j.right for j in own])} |", ""]


def report_lines(halves: Mapping[str, Sequence[Outcome]]) -> list[str]:
    """Return the section of the report: one table for each half."""
    out = ["## risk and coverage", "",
           "Questions decided by confidence; each threshold as if every question from it on were answered with the first "
           "provision of its ranking. Wrong: the question has no answer, or its first provision is not of grade 3. "
           "`as decided`: as served, where an empty slot declines too.", ""]
    for split, outcomes in halves.items():
        found = judged(outcomes)
        out += [f"### {split} half ({len(found)} questions)", "", *table(found)]
    return out
