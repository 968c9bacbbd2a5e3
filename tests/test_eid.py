import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen import eid
from tiaowen.model import Document

segments = st.tuples(st.sampled_from(eid.LEVELS), st.from_regex(r"[1-9][0-9]{0,3}(-[1-9])?", fullmatch=True),
                     st.sampled_from([1, 1, 2, 3]))


@pytest.mark.parametrize(("parts", "expected"), [
    ((("chp", 8, 1), ("sec", 1, 1)), "chp_8__sec_1"),
    ((("art", "14-1", 1),), "art_14-1"),
    ((("art", 55, 1), ("para", 1, 1), ("item", 3, 1)), "art_55__para_1__item_3"),
    ((("l1", 2, 1), ("l2", 3, 1), ("l3", 9, 1)), "l1_2__l2_3__l3_9"),
    ((("l1", 1, 1), ("l3", 1, 2)), "l1_1__l3_1~2"),
    ((("att", 1, 1),), "att_1"),
])
def test_make(parts: tuple[tuple[str, str | int, int], ...], expected: str) -> None:
    made = None
    for level, number, repeat in parts:
        made = eid.make(level, number, parent=made, repeat=repeat)
    assert made == expected


def test_make_refuses_an_unknown_level() -> None:
    with pytest.raises(ValueError, match="unknown level"):
        eid.make("clause", 1)


@pytest.mark.parametrize("bad", ["", "art", "art_", "art_x", "art_5_", "art_5__", "__art_5", "ART_5", "art_5 ", "art_五",
                                 "notice_1", "l5_1", "art_5~", "art_5-"])
def test_split_refuses(bad: str) -> None:
    with pytest.raises(ValueError, match="not an eid"):
        eid.split(bad)


@given(st.lists(segments, min_size=1, max_size=5))
def test_split_gives_back_what_make_made(parts: list[tuple[str, str, int]]) -> None:
    made, expected, above = None, [], []
    for level, number, repeat in parts:
        above.append(made)
        made = eid.make(level, number, parent=made, repeat=repeat)
        expected.append((level, number + (f"~{repeat}" if repeat > 1 else "")))
    assert made is not None
    assert list(eid.split(made)) == expected
    assert eid.parent(made) == above[-1]
    assert eid.within(made, made)
    assert above[-1] is None or eid.within(made, above[-1])
    assert eid.unjoin(eid.join("some-document", made)) == ("some-document", made)
    assert eid.order(made) == eid.order(made)


@pytest.mark.parametrize("part", eid.PARTS)
def test_parts_of_a_document(part: str) -> None:
    assert eid.split(part) == ((part, ""),)
    assert eid.parent(part) is None


def test_article_five_does_not_hold_article_fifty_five() -> None:
    assert not eid.within("art_55", "art_5")
    assert not eid.within("art_55__para_1", "art_5")
    assert eid.within("art_5__para_1", "art_5")


@pytest.mark.parametrize("bad", ["", "a", "a#", "#b", "a#b#c"])
def test_unjoin_refuses(bad: str) -> None:
    with pytest.raises(ValueError, match="not a provision id"):
        eid.unjoin(bad)


def test_order_is_numeric_and_parts_frame_the_body() -> None:
    wanted = ["notice", "preamble", "art_2", "art_9", "art_9__para_2", "art_14", "art_14-1", "art_15", "art_100", "colophon"]
    shuffled = wanted[5:] + wanted[:5][::-1]
    assert sorted(shuffled, key=eid.order) == wanted


def test_order_agrees_with_the_documents(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for level in ("art", "l1", "l2", "l3", "l4", "para", "item"):
            found = [p.eid for p in document.provisions if p.level == level]
            assert sorted(found, key=eid.order) == found, f"{document.meta.id}: {level}"
        for p in document.provisions:
            assert eid.make(*eid.split(p.eid)[-1], parent=eid.parent(p.eid)) == p.eid if p.level in eid.LEVELS else True
