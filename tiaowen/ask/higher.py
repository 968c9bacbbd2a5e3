"""上位法: pointers in our own words until a law is held, verbatim quotes from the shelf afterwards."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from tiaowen.ask.query import Understanding
from tiaowen.ask.reference import Reference, find, resolve
from tiaowen.eid import join, unjoin
from tiaowen.model import Document, HigherLaw
from tiaowen.parse.citation import text_of
from tiaowen.parse.document import unit_of
from tiaowen.rules import compiled, rows, table

MOST_SHOWN = 6


def higher_law(u: Understanding, law_documents: Sequence[Document]) -> tuple[HigherLaw, ...]:
    """Return what the shelf or the pointer table says on the question's subject, most important first."""
    return tuple(shown(row, law_documents) for row in _rows(u)[:MOST_SHOWN])


def pointed(u: Understanding, law_documents: Sequence[Document]) -> frozenset[str]:
    """Return the articles (`document#eid`) of held laws that the pointer table names first for a question."""
    found = [shown(row, law_documents).provision for row in _rows(u)[:MOST_SHOWN]]
    held = {d.meta.id: d for d in law_documents}
    return frozenset(join(d, unit_of(eid, held[d])) for one in found if one for d, eid in [unjoin(one)])


def _rows(u: Understanding) -> list[dict[str, Any]]:
    named = _named_articles(u)
    text = u.folded  # the covers hold everyday words themselves; translations would fire rows on their own
    always = _harm_pointers(u)
    found = [row for row in rows("pointers", "pointer")
             if (row["law"], row["article"]) in named or row["id"] in always or _covers(row, text)]
    found.sort(key=lambda row: ((row["law"], row["article"]) not in named, row["id"] not in always, row["priority"]))
    return found


def by_id(identities: Sequence[str], law_documents: Sequence[Document]) -> tuple[HigherLaw, ...]:
    """Return the rows of the pointer table with these ids, in their order."""
    known = {row["id"]: row for row in rows("pointers", "pointer")}
    return tuple(shown(known[identity], law_documents) for identity in identities)


def _harm_pointers(u: Understanding) -> tuple[str, ...]:
    """The pointers that every question about harm to a child carries."""
    if not u.harm:
        return ()
    settings = table("safety")
    family = compiled(settings["family"]).search(u.folded)
    return (*settings["pointers"], *(settings["family_pointers"] if family else ()))


def _named_articles(u: Understanding) -> set[tuple[str, str]]:
    """Articles of a law that the question names itself: 未成年人保护法第十一条."""
    if not u.foreign or u.reference is None or u.reference.path[0][0] != "art":
        return set()
    number = u.reference.path[0][1]
    out = set()
    for row in rows("pointers", "pointer"):
        short = row["law"].removeprefix("中华人民共和国")
        article = find(row["article"])
        if article and article.path[0][1] == number and any(short in name or name in row["law"] for name in u.foreign):
            out.add((row["law"], row["article"]))
    return out


@cache
def _groups(identity: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The covers of a row: any group fires when each of its words (alternatives) occurs."""
    shared = table("pointers").get("words", {})
    row = next(r for r in rows("pointers", "pointer") if r["id"] == identity)
    return tuple(
        tuple(tuple(word.format(**shared).split("|")) for word in group) for group in row["covers"]
    )


def _covers(row: dict[str, object], text: str) -> bool:
    return any(all(any(alt in text for alt in word) for word in group) for group in _groups(str(row["id"])))


def shown(row: dict[str, object], law_documents: Sequence[Document]) -> HigherLaw:
    """Return a pointer row as an answer shows it: the article's words where the law is held, else our own."""
    law, article = str(row["law"]), str(row["article"])
    for document in law_documents:
        if document.meta.title == law:
            eid = _place(document, find(article))
            if eid:
                checked = document.meta.status_evidence.checked_on if document.meta.status_evidence else None
                quote = text_of(document.get(eid), document)
                return HigherLaw(law, article, quote, None, document.meta.status, checked, _text(row, "note"),
                                 join(document.meta.id, eid))
    return HigherLaw(law, article, None, pointer_text(row), f"{row['version']}", row["checked_on"],  # type: ignore[arg-type]
                     _text(row, "note"))


def _place(document: Document, reference: Reference | None) -> str | None:
    """The one place of a law that a row names; none where it names none, or two."""
    targets = resolve(reference, [document]).targets if reference else ()
    return targets[0][1] if len(targets) == 1 else None


def _text(row: dict[str, object], key: str) -> str | None:
    return str(row[key]) if row.get(key) else None


def pointer_text(row: dict[str, object]) -> str:
    """Return the facts of a row in one line: who · what · to whom · limit, in our own words."""
    parts = [f"{row['who']}：{row['duty']}"]
    if row.get("to_whom"):
        parts.append(f"向谁：{row['to_whom']}")
    if row.get("limit"):
        parts.append(f"时限：{row['limit']}")
    return "；".join(parts)
