"""Every row of the duty tables keeps its own yes and no examples."""

import pytest

from tiaowen.duty.patterns import Row, table_rows
from tiaowen.rules import table

TABLES = ("duty_actors", "duty_modality", "duty_limits", "duty_relations")
ROWS = [(name, section, row) for name in TABLES for section in table(name) for row in table_rows(name, section)]


@pytest.mark.parametrize(("name", "section", "row"), ROWS, ids=lambda v: v.id if isinstance(v, Row) else str(v))
def test_row_has_meaning_source_and_examples(name: str, section: str, row: Row) -> None:
    assert row.values["meaning"] and row.values["source"], f"{name}.toml {section} {row.id}"
    assert row.values["yes"] and row.values["no"], f"{name}.toml {section} {row.id}: needs a yes and a no example"


@pytest.mark.parametrize(("name", "section", "row"), ROWS, ids=lambda v: v.id if isinstance(v, Row) else str(v))
def test_row_examples(name: str, section: str, row: Row) -> None:
    find = row.pattern.match if section in ("task_verb", "preposition") else row.pattern.search
    for words in row.values["yes"]:
        assert "holds" not in row.values or any(h in words for h in row.values["holds"]), f"{row.id}: holds and {words}"
        assert find(words), f"{name}.toml {section} {row.id} should find: {words}"
    for words in row.values["no"]:
        assert not find(words), f"{name}.toml {section} {row.id} should not find: {words}"


def test_row_ids_are_unique() -> None:
    ids = [row.id for _, _, row in ROWS]
    assert sorted(set(ids)) == sorted(ids)
