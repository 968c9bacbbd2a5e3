"""The shipped documents as trees; after a change on purpose run `python -m tests.refresh_golden` and read the diff."""

import difflib

import pytest

from tests.conftest import FIVE
from tests.refresh_golden import path, tree
from tiaowen.model import Document


@pytest.mark.parametrize("identity", FIVE)
def test_tree(documents: dict[str, Document], identity: str) -> None:
    kept = path(identity).read_text(encoding="utf-8").splitlines()
    made = tree(documents[identity]).splitlines()
    changed = "\n".join(difflib.unified_diff(kept, made, f"{identity} (golden)", f"{identity} (now)", lineterm="", n=0))
    assert not changed, f"\n{changed}"


def test_there_is_a_tree_for_each_document() -> None:
    assert sorted(p.name for p in path("x").parent.glob("*.tree.txt")) == sorted(path(i).name for i in FIVE)
