"""The shipped documents as trees and as duty frames; after a change on purpose run `python -m tests.refresh_golden` and read the diff."""

import difflib

import pytest

from tests.conftest import FIVE
from tests.refresh_golden import duties, path, tree
from tiaowen.model import Document


@pytest.mark.parametrize("kind", ["tree", "frames"])
@pytest.mark.parametrize("identity", FIVE)
def test_golden(documents: dict[str, Document], identity: str, kind: str) -> None:
    kept = path(identity, kind).read_text(encoding="utf-8").splitlines()
    made = (tree if kind == "tree" else duties)(documents[identity]).splitlines()
    changed = "\n".join(difflib.unified_diff(kept, made, f"{identity} (golden)", f"{identity} (now)", lineterm="", n=0))
    assert not changed, f"\n{changed}"


@pytest.mark.parametrize("kind", ["tree", "frames"])
def test_there_is_one_for_each_document(kind: str) -> None:
    assert sorted(p.name for p in path("x").parent.glob(f"*.{kind}.txt")) == sorted(path(i, kind).name for i in FIVE)
