"""What every test shares: the shipped documents parsed once, one index built once, Hypothesis profiles."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.pop("TIAOWEN_ENCODER", None)

from tests.browsing import address, chromium, page
from tiaowen.model import Document, SourceDocument
from tiaowen.parse.document import parse
from tiaowen.parse.source import folders, load

__all__ = ["address", "chromium", "page"]
ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
ENCODER = ROOT / "models" / "encoder"
TODAY = date(2026, 11, 1)
FIVE = ("hunan-measures-draft", "jincheng-plan-2021", "national-opinions-2021", "rangtang-opinions-2022",
        "yuexiu-plan-draft")

_CALM = {"deadline": None, "derandomize": True, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=60, **_CALM)
settings.register_profile("nightly", max_examples=1500, **_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def sources() -> dict[str, SourceDocument]:
    """The five documents as received, by id."""
    found = {folder.name: load(folder) for folder in folders(CORPUS) if folder.parent == CORPUS}
    return {identity: found[identity] for identity in FIVE}


@pytest.fixture(scope="session")
def documents(sources: dict[str, SourceDocument]) -> dict[str, Document]:
    """The five documents parsed, by id."""
    return {identity: parse(source) for identity, source in sources.items()}


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the shipped corpus, built once. Read only: copy it before doing harm to it."""
    from tiaowen.build import ingest

    folder = tmp_path_factory.mktemp("shipped") / "index"
    ingest(CORPUS, folder)
    return folder


@pytest.fixture(scope="session")
def library(index: Path) -> Iterator[object]:
    """The read side over the shipped corpus."""
    from tiaowen.library import Library

    return Library(index=index, corpus=CORPUS)
