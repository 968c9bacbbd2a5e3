"""Which documents may answer a question: the caller's scope, the documents and places that it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tiaowen.ask import notes as say
from tiaowen.ask.places import NATION, Place, touches
from tiaowen.ask.query import Understanding
from tiaowen.model import Document
from tiaowen.parse.titles import same_title
from tiaowen.parse.versions import version_day


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything that decides which provisions may answer it."""

    question: str
    scope: tuple[str, ...] = ()
    region: str | None = None
    shelf: str = "local"
    today: date = date(1970, 1, 1)


def place_asked(u: Understanding, held: Sequence[Document], region: str | None) -> tuple[Place | None, Place | None]:
    """Return (the place that the question is asked about, or None; a place asked about that is not held, or None).

    A place counts as asked about where a word for a regulation follows it, or it opens the question, or no place of the
    person is known; 去东莞打工 names where somebody goes.
    """
    for found in u.places:
        about = say.names_regulation(u.folded, found)
        incidental = say.is_incidental(u.folded, found)
        known = any(touches(d.meta.region, found.path) for d in held)
        if known and not incidental:
            return found, None
        if not known and not incidental and (about or (not region and say.opens(u.folded, found))):
            return None, found
    return None, None


def documents_asked(u: Understanding, held: Sequence[Document], asked: Asked) -> tuple[str, ...]:
    """Return the documents that may answer: the caller's scope, else those named, else all of the shelf."""
    ids = [d.meta.id for d in held]
    if asked.scope:
        ids = [i for i in ids if i in asked.scope]
    named = [i if asked.scope else _meant(i, u.question, held) for i in u.documents if i in ids]
    if named:
        return tuple(dict.fromkeys(named))
    placed = [d.meta.id for d in held if d.meta.id in ids and _of_a_named_place(u, d)]
    return tuple(placed or ids)


def _meant(identity: str, question: str, held: Sequence[Document]) -> str:
    """Of the texts that print one title, the one whose stage or year the question names, else the one that no other replaced."""
    own = next(d for d in held if d.meta.id == identity)
    texts = [d for d in held if same_title(d.meta.title, own.meta.title) and d.meta.region == own.meta.region]
    staged = [d for d in texts if d.meta.stage and d.meta.stage in question]
    dated = [d for d in texts if (day := version_day(d.meta)) and f"{day.year}年" in question]
    found = staged or dated or [d for d in texts if not stands_back(d)]
    return found[0].meta.id if len(found) == 1 else identity


def stands_back(document: Document) -> bool:
    """Tell whether a text was replaced by one that is held: it is shown after the texts that were not."""
    return document.meta.successor is not None and document.meta.successor.document is not None


def _of_a_named_place(u: Understanding, document: Document) -> bool:
    """晋城的方案, 国家那份意见, 晋城第12条: a place and a word for a regulation, or an exact place in it, name its texts."""
    region = document.meta.region
    if region == NATION and say.names_nation(u.folded):
        return True
    return any(touches(region, p.path) and not say.is_incidental(u.folded, p)
               and (u.reference is not None or say.names_regulation(u.folded, p)) for p in u.places)


def asks_foreign(u: Understanding) -> bool:
    """A law that is not held counts where the question asks for its words: an article of it, or nothing else."""
    if not u.foreign or u.documents:
        return False
    return u.reference is not None or say.asks_words_of(u.folded, u.foreign[0])
