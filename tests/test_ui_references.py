"""引用 and 被引用 under a provision, and the list of what is cited and not held."""

from tiaowen.library import Library
from tiaowen.ui import wording
from tiaowen.ui.parts.references import both_ways, not_held

HUNAN = "hunan-measures-draft"


def test_both_ways(library: Library) -> None:
    shown = both_ways(library, library.document(HUNAN), "art_60")
    assert shown is not None and wording.CITES in shown and "art_14" in shown
    back = both_ways(library, library.document(HUNAN), "art_14")
    assert back is not None and wording.CITED_BY in back and f"doc={HUNAN}&amp;eid=art_60" in back


def test_what_is_not_held_is_said(library: Library) -> None:
    shown = both_ways(library, library.document(HUNAN), "art_1")
    assert shown is not None and wording.CITED_NOT_HELD in shown


def test_a_provision_without_references_shows_none(library: Library) -> None:
    silent = next(p.eid for p in library.document(HUNAN).provisions if p.level == "art"
                  and not library.references_of(HUNAN, p.eid) and not library.cited_by(HUNAN, p.eid))
    assert both_ways(library, library.document(HUNAN), silent) is None


def test_the_list_of_what_is_cited_and_not_held(library: Library) -> None:
    shown = not_held(library)
    assert shown is not None
    for entry in library.cited_not_held():
        assert (entry.title or entry.number or "") in shown
    assert wording.TIMES.format(count=len(library.cited_not_held()[0].mentions)) in shown
