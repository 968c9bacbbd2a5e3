"""Every row of the tables: its yes examples fire, its no examples do not."""

import re
import tomllib
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

import pytest

from tests.support import doc
from tiaowen import wording
from tiaowen.ask import higher, places, query
from tiaowen.ask.query import things
from tiaowen.ask.reference import find
from tiaowen.index.tokens import fold
from tiaowen.model import Document, Meta
from tiaowen.parse.blocks import blocks
from tiaowen.parse.clean import clean
from tiaowen.rules import compiled, rows, table
from tiaowen.rules.markers import marker

Row = dict[str, Any]
FILES = sorted(p.name.removesuffix(".toml") for p in resources.files("tiaowen.rules").iterdir() if p.name.endswith(".toml"))


def sections(name: str) -> Iterator[tuple[str, Row]]:
    for section, found in table(name).items():
        if isinstance(found, list) and found and isinstance(found[0], dict):
            yield from ((section, row) for row in found)


def wrong(found: Callable[[Row, str], bool], row: Row) -> list[str]:
    """The examples of a row that do the opposite of what they say."""
    silent = [f"{row['id']}: yes but silent: {e}" for e in row["yes"] if not found(row, e)]
    return silent + [f"{row['id']}: no but fires: {e}" for e in row["no"] if found(row, e)]


@pytest.mark.parametrize("name", [n for n in FILES if n not in ("weights", "places")])
def test_ids_are_unique_and_examples_are_there(name: str) -> None:
    assert not name.endswith(".toml")
    seen: dict[str, list[str]] = {}
    for section, row in sections(name):
        if section == "mask":
            continue
        assert row.get("id"), f"{name}.{section}: a row without id: {row}"
        seen.setdefault(section, []).append(row["id"])
        if name != "actors":
            assert row.get("yes"), f"{name}: {row['id']} has no yes"
            assert row.get("no"), f"{name}: {row['id']} has no no"
    for section, ids in seen.items():
        assert len(ids) == len(set(ids)), f"{name}.{section}: {[i for i in ids if ids.count(i) > 1]}"


@pytest.mark.parametrize("name", ["markers", "residue", "units", "slots", "safety", "slips", "web"])
def test_pattern_tables_say_what_and_whence(name: str) -> None:
    for _, row in sections(name):
        assert row.get("meaning"), f"{name}: {row['id']}"
        assert row.get("source"), f"{name}: {row['id']}"


def test_every_pattern_compiles() -> None:
    for name in FILES:
        for _, row in sections(name):
            for key in ("pattern", "ask", "fill"):
                if row.get(key):
                    compiled(row[key])


# -- one table after the other, through the code that reads it


@pytest.mark.parametrize("row", [row for _, row in sections("web")], ids=lambda r: r["id"])
def test_names_on_web_pages(row: Row) -> None:
    assert not wrong(lambda row, word: bool(compiled(row["pattern"]).fullmatch(word)), row)


@pytest.mark.parametrize("row", rows("markers", "marker"), ids=lambda r: r["id"])
def test_markers(row: Row) -> None:
    def found(row: Row, line: str) -> bool:
        mark = marker(line, scheme=row["scheme"])
        return mark is not None and mark.kind == row["kind"]

    assert not wrong(found, row)


@pytest.mark.parametrize("row", rows("residue", "residue"), ids=lambda r: r["id"])
def test_residue(row: Row) -> None:
    def found(row: Row, text: str) -> bool:
        return any(run.reason == row["id"] for run in clean(text, suffix=row.get("files", ["txt"])[0]).deleted)

    assert not wrong(found, row)


@pytest.mark.parametrize("row", rows("units", "line"), ids=lambda r: r["id"])
def test_unit_lines(row: Row) -> None:
    assert not wrong(lambda _, line: [b.role for b in blocks(f"题\n一、甲\n{line}\n")][-1] == "unit_line", row)


@pytest.mark.parametrize("row", rows("units", "tail"), ids=lambda r: r["id"])
def test_unit_tails(row: Row) -> None:
    others = "1.甲。（市残联负责）\n2.乙。（市妇联负责）\n3." if row.get("needs_others") else "1."

    def found(_: Row, tail: str) -> bool:
        return doc(f"题\n一、甲\n{others}丙。{tail}\n").provisions[-1].units is not None

    assert not wrong(found, row)


@pytest.mark.parametrize("section", ["convention", "lead", "joint"])
def test_other_rows_of_units(section: str) -> None:
    for row in rows("units", section):
        assert not wrong(lambda row, text: bool(compiled(row["pattern"]).search(text)), row)


@pytest.mark.parametrize("row", rows("slots", "slot"), ids=lambda r: r["id"])
def test_slots(row: Row) -> None:
    assert not wrong(lambda row, question: row["id"] in query.asked_slots(fold(question)), row)


@pytest.mark.parametrize("row", [*rows("safety", "always"), *rows("safety", "calm")], ids=lambda r: r["id"])
def test_safety(row: Row) -> None:
    assert not wrong(lambda row, question: bool(compiled(row["pattern"]).search(fold(question))), row)


def test_the_fixed_phrases_of_the_safety_strip() -> None:
    phrases = " ".join(table("safety")["phrases"])
    for words in ("110", "120", "先报警", "不先通知监护人", "群"):
        assert words in phrases
    assert "12345" not in phrases


@pytest.mark.parametrize("row", rows("slips", "slip"), ids=lambda r: r["id"])
def test_slips(row: Row) -> None:
    assert not wrong(lambda row, text: bool(compiled(row["pattern"]).search(text)), row)


@pytest.mark.parametrize("row", rows("slips", "slip"), ids=lambda r: r["id"])
def test_a_slip_stands_in_the_corpus_as_the_row_says(row: Row, documents: dict[str, Document]) -> None:
    identity, _, rest = row["source"].partition("#")
    there = rest.partition(":")[0]
    document = documents[identity]
    assert compiled(row["pattern"]).search(document.cut(document.get(there).full)), row["source"]


# -- lay words: with the real, longest-first matching


def lay_rows(question: str) -> set[str]:
    return {str(row["id"]) for _, _, row in query._lay_matches(fold(question)) if row is not None}


def test_lay_words_fire_in_their_examples() -> None:
    bad = [line for row in rows("lay", "lay") for line in wrong(lambda row, q: row["id"] in lay_rows(q), row)]
    assert not bad, "\n".join(bad)


def test_lay_rows_mean_words_of_the_corpus(documents: dict[str, Document]) -> None:
    everything = fold("".join(d.clean.text for d in documents.values()))
    bad = [f"{row['id']}: {word}" for row in rows("lay", "lay") for word in row["means"] if fold(word) not in everything]
    assert not bad, "\n".join(bad)
    assert all(0.3 <= row["weight"] <= 1.0 for row in rows("lay", "lay"))


def test_a_say_word_belongs_to_one_lay_row() -> None:
    seen: dict[str, list[str]] = {}
    for row in rows("lay", "lay"):
        for say in set(row["say"]):
            seen.setdefault(fold(say), []).append(row["id"])
    assert not {say: ids for say, ids in seen.items() if len(ids) > 1}


def masks() -> list[str]:
    return [say for row in rows("lay", "mask") for say in ([row["say"]] if isinstance(row["say"], str) else row["say"])]


def test_masks_hold_their_words_without_a_meaning() -> None:
    bad = [f"{mask}: {sorted(lay_rows(mask))}" for mask in masks() if lay_rows(mask)]
    assert not bad, "\n".join(bad)


def test_masks_take_their_own_words_only() -> None:
    held = {say for entries in query._lay().values() for say, row in entries if row is None}
    assert held == {fold(mask) for mask in masks()}


# -- pointers


def understood(question: str) -> query.Understanding:
    return query.understand(question, documents=())


@pytest.mark.parametrize("row", rows("pointers", "pointer"), ids=lambda r: r["id"])
def test_pointers(row: Row) -> None:
    assert not wrong(lambda row, question: higher._covers(row, fold(question)), row)


def test_subject_nouns() -> None:
    for row in rows("things", "thing"):
        own = {fold(word) for word in row["words"].split()}
        assert all(set(things(fold(q))) & own for q in row["yes"]), row["id"]
        assert not any(set(things(fold(q))) & own for q in row["no"]), row["id"]


def test_pointers_are_well_formed() -> None:
    ids = {row["id"] for row in rows("pointers", "pointer")}
    for row in rows("pointers", "pointer"):
        found = find(row["article"])
        assert found is not None, row["id"]
        assert found.path[0][0] == "art", row["id"]
        assert found.printed == row["article"], row["id"]
        assert "penalty" not in row or row["penalty"] in ids, row["id"]
        for group in row["covers"]:
            assert all(group), row["id"]
            for word in group:
                assert all(word.split("|")), f"{row['id']}: an empty alternative in {word}"


@pytest.mark.parametrize("row", rows("pointers", "pointer"), ids=lambda r: r["id"])
def test_no_number_in_a_pointer_but_its_figures(row: Row) -> None:
    words = " ".join(str(row[key]) for key in ("who", "duty", "to_whom", "limit"))
    digits = re.findall(r"[0-9]+", words)
    figures = " ".join(str(f) for f in row.get("figures", ()))
    assert not [d for d in digits if d not in figures], f"{row['id']}: {words}"
    assert "元" not in re.sub(r"元旦|单元|多元", "", words), f"{row['id']}: {words}"


@pytest.mark.parametrize("question", ["酒驾怎么处罚", "今天天气怎么样", "社保怎么交", "怎么申请公租房", "高速公路限速多少", "怎么炒股", "离婚财产怎么分"])
def test_pointers_are_no_filler(question: str) -> None:
    assert [row["id"] for row in rows("pointers", "pointer") if higher._covers(row, fold(question))] == [], question


# -- actors and places


def test_actor_names_stand_in_the_corpus(documents: dict[str, Document]) -> None:
    def folded(text: str) -> str:
        return text.replace("（", "(").replace("）", ")")

    everything = folded("".join(d.clean.text for d in documents.values()))
    bad = [f"{row['id']}: {name}" for row in rows("actors", "actor") for name in row["names"] if folded(name) not in everything]
    assert not bad, "\n".join(bad)
    for row in rows("actors", "actor"):
        assert isinstance(row["closely_in_contact"], bool), row["id"]
        assert row["group"], row["id"]
        assert row["names"], row["id"]
        assert ("contact_basis" in row) == row["closely_in_contact"], row["id"]


def test_places_are_paths(documents: dict[str, Document]) -> None:
    paths = {row["path"] for row in rows("places", "place")}
    for path in paths:
        above = path.rpartition("/")[0]
        assert not above or above in paths or above in ("湖北省", "河南省", "海南省", "新疆维吾尔自治区"), path
    for document in documents.values():
        assert document.meta.region == places.NATION or document.meta.region in paths, document.meta.id
    for row in rows("places", "place"):
        assert row.get("name") != "", row["full"]


# -- words that a person sees


def test_every_status_and_applicability_has_words() -> None:
    from tiaowen.parse.source import STATUSES

    assert set(wording.STATUS) == set(STATUSES)
    assert set(wording.APPLICABILITY) == {"nationwide", "local", "elsewhere", "unknown"}
    assert set(wording.DRAFTS) <= set(STATUSES)
    assert Meta("t", "t.txt", "x").status in wording.STATUS


def test_no_row_names_a_shipped_document_in_its_pattern(documents: dict[str, Document]) -> None:
    names = {n for d in documents.values() for n in (d.meta.id, d.meta.title, *d.meta.aliases)}
    for name in ("markers", "residue", "units", "slots", "slips"):
        for _, row in sections(name):
            for key in ("pattern", "ask", "fill"):
                assert not [n for n in names if n in str(row.get(key, ""))], row["id"]


def test_tables_are_toml_that_a_lawyer_can_open() -> None:
    for name in FILES:
        tomllib.loads((resources.files("tiaowen.rules") / f"{name}.toml").read_text(encoding="utf-8"))
