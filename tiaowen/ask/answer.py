"""The answer: verbatim quotes with citation, status and applicability, or the reason why there is none.

Guarantees: nothing without a quote; quote == clean[start:end]; every id exists; no number of our own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tiaowen import eid as eids
from tiaowen import wording
from tiaowen.ask import notes as say
from tiaowen.ask import quote as cut
from tiaowen.ask.asking import only_asks
from tiaowen.ask.decide import Decision, decide
from tiaowen.ask.duty_json import Wanted
from tiaowen.ask.higher import higher_law, pointed
from tiaowen.ask.items import MOST_RELATED, first_words, item, related
from tiaowen.ask.odd import oddness
from tiaowen.ask.places import applicability
from tiaowen.ask.premise import assumed
from tiaowen.ask.query import Understanding, understand, with_harm
from tiaowen.ask.reference import Resolved, resolve
from tiaowen.ask.scope import Asked, asks_foreign, documents_asked, place_asked, stands_back
from tiaowen.ask.search import Candidate, Found, near_harm, search, vector_text, with_pointed
from tiaowen.ask.slots import filling_first, slot_name, stated_elsewhere
from tiaowen.ask.view import Unit, View
from tiaowen.index.dense import Encoder, Floats
from tiaowen.model import AnswerItem, AskResult, Document, Related
from tiaowen.parse.citation import citation, place, title
from tiaowen.parse.document import unit_of
from tiaowen.rules import compiled, table

MOST_ANSWERS = 5


def ask(asked: Asked, view: View, *, encoder: Encoder | None) -> AskResult:
    """Return the result for a question; never raises on odd questions."""
    held = [d for d in view.documents.values() if asked.shelf in ("all", d.meta.shelf)]
    u = understand(asked.question, documents=held, spelling=view.spelling)
    if u.problem:
        message = wording.EMPTY if u.problem == "empty" else wording.TOO_LONG
        return AskResult(None, asked.question, "not_found", message, reason="empty_question")
    asked_place, foreign_place = place_asked(u, held, asked.region)
    region = asked.region or (asked_place.path if asked_place else None)
    scope = documents_asked(u, held, asked)
    run = _Run(asked, view, encoder, u, region, scope)
    if foreign_place is not None:
        return run.declined("not_in_corpus", wording.PLACE_NOT_HELD.format(place=foreign_place.words))
    if asks_foreign(u):
        return run.declined("not_in_corpus", wording.DOCUMENT_NOT_HELD.format(name=f"《{u.foreign[0]}》"))
    if u.reference:
        return run.exact()
    return run.searched()


@dataclass(frozen=True)
class _Run:
    asked: Asked
    view: View
    encoder: Encoder | None
    u: Understanding
    region: str | None
    scope: tuple[str, ...]

    def _search(self) -> Found:
        places = self.view.places
        found = search(self.u, self.view, allowed=lambda i: places[i][0].meta.id in self.scope, encoder=self.encoder,
                       region=self.region)
        law = [d for i, d in self.view.documents.items() if i in self.scope and d.meta.shelf == "law"]
        return with_pointed(found, pointed(self.u, law)) if law else found

    def _result(self, status: str, message: str, found: Found | None, **more: Any) -> AskResult:
        quiet = more.get("reason") == "out_of_subject"
        law = [d for d in self.view.documents.values() if d.meta.shelf == "law" and not stands_back(d)]
        return AskResult(
            None, self.asked.question, status, message,
            related=related(found, self.u, more.get("answers", ())) if found else (),
            higher_law=() if quiet else higher_law(self.u, law),
            safety=tuple(table("safety")["phrases"]) if self.u.harm and not quiet else (),
            understood=self._understood(), **more)

    def _understood(self) -> dict[str, Any]:
        return {"place": self.region, "documents": list(self.scope) if len(self.scope) < len(self.view.documents) else None,
                "slots": list(self.u.slots), "words": [list(pair) for pair in self.u.translated],
                "reference": self.u.reference.printed if self.u.reference else None}

    def declined(self, reason: str, message: str, *, found: Found | None = None) -> AskResult:
        """Return the refusal with the nearest provisions."""
        return self._result("not_found", message, found or self._search(), reason=reason)

    # -- exact references

    def exact(self) -> AskResult:
        """Return the provision that the question names, or where the text ends."""
        assert self.u.reference is not None
        documents = [self.view.documents[i] for i in self.scope]
        if self.u.reference.path[0][0] == "art" and not self.u.documents and len(documents) > 1:
            documents = [d for d in documents if any(p.level == "art" for p in d.provisions)] or documents
        resolved = resolve(self.u.reference, documents)
        if len(self.u.references) > 1:
            return self._listed(documents)
        if not resolved.targets:
            return self._missing(resolved, documents)
        if len({unit_of(eid, self.view.documents[d]) for d, eid in resolved.targets}) > 1:
            return self._several(resolved)
        document, eid = resolved.targets[0]
        if (document, unit_of(eid, self.view.documents[document])) in self.view.number:
            items: tuple[AnswerItem, ...] = (self._exact_item(document, eid),)
        else:
            units = [self.view.unit(n) for n in self._inside(document, eid)[:MOST_ANSWERS]]
            items = tuple(item(unit, cut.best_run(unit, (), {}, ()), self.region, 1.0, Wanted()) for unit in units)
        if not items:
            return self.declined("no_such_provision", wording.NO_SUCH_PROVISION_ANY.format(printed=self.u.reference.printed))
        return self._answered(items, self._search(), Decision(True, None, None, 1.0))

    def _listed(self, documents: Sequence[Document]) -> AskResult:
        """Every provision of a list that names one provision each; what is missing or doubtful is said."""
        items, missing = [], []
        for reference in self.u.references:
            targets = resolve(reference, documents).targets
            if len(targets) == 1:
                items.append(self._exact_item(*targets[0]))
            else:
                missing.append(reference.printed)
        if not items:
            return self.declined("no_such_provision", wording.NO_SUCH_PROVISION_ANY.format(printed="、".join(missing)))
        result = self._answered(tuple(items), self._search(), Decision(True, None, None, 1.0))
        note = (wording.NO_SUCH_PROVISION_ANY.format(printed="、".join(missing)),) if missing else ()
        return replace(result, notes=(*note, *result.notes))

    def _missing(self, resolved: Resolved, documents: Sequence[Document]) -> AskResult:
        assert self.u.reference is not None
        printed = self.u.reference.printed
        if len(documents) == 1 and resolved.last:
            message = wording.NO_SUCH_PROVISION.format(title=title(documents[0].meta), printed=printed, last=resolved.last)
        else:
            message = wording.NO_SUCH_PROVISION_ANY.format(printed=printed)
        return self.declined("no_such_provision", message)

    def _several(self, resolved: Resolved) -> AskResult:
        assert self.u.reference is not None
        document, eid = resolved.targets[0]
        example = f"{self.view.documents[document].meta.title}{place(eid, self.view.documents[document])}"
        message = wording.AMBIGUOUS.format(printed=self.u.reference.printed, example=example)
        shown = tuple(
            Related(unit.key, citation(e, self.view.documents[d]), first_words(unit), 1.0)
            for d, e in resolved.targets[:MOST_RELATED] for unit in [self._unit(d, e)])
        return replace(self._result("not_found", message, None, reason="no_such_provision"), related=shown)

    def _unit(self, document: str, eid: str) -> Unit:
        """The unit that holds a provision, or the first one inside a chapter or heading."""
        own = unit_of(eid, self.view.documents[document])
        if (document, own) in self.view.number:
            return self.view.unit(self.view.number[document, own])
        return self.view.unit(self._inside(document, eid)[0])

    def _inside(self, document: str, eid: str) -> list[int]:
        """The units below a chapter or heading, in order: articles hang on it as children, not in their ids."""
        known = self.view.documents[document]
        below, out = [eid], []
        while below:
            current = below.pop(0)
            if (document, current) in self.view.number:
                out.append(self.view.number[document, current])
            else:
                below = [*known.get(current).children, *below]
        return out

    def _exact_item(self, document: str, eid: str) -> AnswerItem:
        unit = self._unit(document, eid)
        concepts = [c for c in self.u.concepts if c.weight]
        at = eid if eids.within(eid, unit.provision.eid) and eid != unit.provision.eid else None
        run = cut.best_run(unit, concepts, {c.said: 1.0 for c in concepts}, self.u.slots, at=at)
        return item(unit, run, self.region, 1.0, self._wanted({c.said: 1.0 for c in concepts}), whole=True)

    # -- everything else

    def searched(self) -> AskResult:
        """Return the answer found by search, or the reason why there is none."""
        found = self._search()
        if self.u.endangered and not self.u.harm and near_harm(found):
            return replace(self, u=with_harm(self.u)).searched()
        decision = decide(self.u, found, oddness(self.u, found, self.view, self.encoder))
        if not decision.answered:
            refused = self.declined(decision.reason or "not_in_corpus", _refusal(decision, found, self.u), found=found)
            return replace(refused, confidence=round(decision.confidence, 2))
        found = filling_first(self.u, found)
        shares, top = table("weights")["decide"], found.candidates[0].score
        limit, near = top * shares["harm" if self.u.harm else "shown"], top * shares["harm" if self.u.harm else "local"]
        fitting = (c for c in found.candidates[:MOST_RELATED] if c.score >= limit or (c.features["place"] and c.score >= near))
        chosen = sorted(fitting, key=lambda c: stands_back(c.unit.document))[:MOST_ANSWERS]
        chosen += [c for c in self._compared(found) if c not in chosen]
        chosen = self._outward_first(chosen, found) if self.u.harm else chosen
        items = [self._item(c, found) for c in chosen]
        return replace(self._answered(tuple(_grouped(items)), found, decision), confidence=round(decision.confidence, 2))

    def _outward_first(self, chosen: list[Candidate], found: Found) -> list[Candidate]:
        """Add the duty to report outwards that applies to the person; it stands before a duty that stays inside."""
        applying = [c for c in found.candidates if c.features["report"]
                    and applicability(c.unit.document.meta.region, self.region) in ("nationwide", "local")]
        applying.sort(key=lambda c: stands_back(c.unit.document))
        if "recipient" in self.u.slots and not chosen[0].features["outward"]:
            outside = [c for c in found.candidates if c.features["outward"] and not c.features["others"]
                       and applicability(c.unit.document.meta.region, self.region) != "elsewhere"]
            chosen = [*outside[:1], *(c for c in chosen if c not in outside[:1])]
        if not applying:
            return chosen
        words, outward = chosen[0].unit.words, chosen[0].features["outward"]
        inward = not outward and compiled(table("safety")["inward"]).search(words) is not None
        rest = [c for c in chosen if c is not applying[0]]
        if inward or not rest:
            return [applying[0], *rest]
        return chosen if applying[0] in chosen else [*rest, applying[0]]

    def _compared(self, found: Found) -> list[Candidate]:
        """The best candidate of each document where the person names several of them."""
        named = self.asked.scope or self.u.documents
        if not 2 <= len(named) <= MOST_ANSWERS:
            return []
        best: dict[str, Candidate] = {}
        for c in found.candidates:
            best.setdefault(c.unit.document.meta.id, c)
        least = table("weights")["decide"]["compared"] * found.candidates[0].score
        return [c for c in best.values() if c.score >= least]

    def _close(self, unit: Unit) -> Sequence[float]:
        """The cosine of each piece of a unit with the question; nothing where there is no vector channel."""
        if self.encoder is None:
            return ()
        number = self.view.number[unit.document.meta.id, unit.provision.eid]
        return list(self.view.meanings(number, self.encoder) @ self.vector)

    @cached_property
    def vector(self) -> Floats:
        """The question's vector."""
        assert self.encoder is not None
        vector: Floats = self.encoder.encode([vector_text(self.u)], query=True)[0]
        return vector

    def _item(self, c: Candidate, found: Found) -> AnswerItem:
        concepts = [k for k in self.u.concepts if k.weight]
        run = cut.best_run(c.unit, concepts, found.weights, self.u.slots, close=self._close(c.unit))
        more = cut.further(c.unit, run, concepts, found.weights, self.u.slots)
        return item(c.unit, run, self.region, c.score, self._wanted(found.weights), more=more)

    def _wanted(self, weights: Mapping[str, float]) -> Wanted:
        slots = tuple(dict.fromkeys((*self.u.slots, *assumed(self.u))))
        return Wanted(slots, tuple(c for c in self.u.concepts if c.weight and not only_asks(c.said)), weights,
                      self.u.harm)

    def _answered(self, items: tuple[AnswerItem, ...], found: Found, decision: Decision) -> AskResult:
        first = items[0]
        status = f"（{say.status_words(self.view.documents[first.provision.split('#')[0]].meta)}）"
        message = wording.ANSWERED.format(count=len(items), citation=first.citation, status=status)
        noted = say.notes(self.u, items, self.view.documents, self.asked.today)
        return self._result("answered", message, found, answers=items, notes=noted)


def _refusal(decision: Decision, found: Found, u: Understanding) -> str:
    if decision.reason == "not_in_corpus" and found.unheld:
        return wording.NOT_MENTIONED.format(thing=max(found.unheld, key=len))
    if decision.reason == "not_stated" and decision.slot:
        if u.places and stated_elsewhere(u, found, decision.slot):
            return wording.NOT_STATED_HERE.format(place=u.places[0].words, slot=slot_name(decision.slot))
        return wording.NOT_STATED.format(slot=slot_name(decision.slot))
    return wording.OUT_OF_SUBJECT if decision.reason == "out_of_subject" else wording.NOT_IN_CORPUS


def _grouped(items: Sequence[AnswerItem]) -> list[AnswerItem]:
    """What applies to the person first, then what is from elsewhere; the order within a group stays."""
    return [i for i in items if i.applicability != "elsewhere"] + [i for i in items if i.applicability == "elsewhere"]
