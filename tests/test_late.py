"""Late interaction: each word of a question looks for the nearest word of a text."""

import json
from pathlib import Path

import numpy as np
import pytest

from tiaowen.index import dense, late
from tiaowen.library import Library

AXES = np.rint(np.eye(3) * late.SCALE).astype(np.int8)
BETWEEN = np.rint(np.array([[0.6, 0.8, 0.0]]) * late.SCALE).astype(np.int8)
SMALL = late.Late(np.vstack([AXES, BETWEEN]), np.array([1.0, 3.0, 1.0, 1.0], dtype=np.float16))


def rows(*numbers: int) -> late.Ints:
    return np.array(numbers, dtype=np.int64)


@pytest.mark.parametrize(("question", "text", "score"), [
    (rows(0), rows(0, 1), 1.0),                       # the word itself
    (rows(0), rows(3), 0.6),                          # a near word
    (rows(0, 1), rows(0), 0.25),                      # the heavy word is met by nothing: 1 of 4
    (rows(0, 1), rows(0, 3), (1.0 + 3 * 0.8) / 4),    # each word takes its own best
    (rows(2), rows(0, 1), 0.0),
    (rows(), rows(0), 0.0),
    (rows(0), rows(), 0.0),
])
def test_each_word_takes_its_best(question: late.Ints, text: late.Ints, score: float) -> None:
    assert SMALL.scores(question, [text])[0] == pytest.approx(score, abs=0.01)


def test_texts_are_scored_apart() -> None:
    both = SMALL.scores(rows(0, 1), [rows(0), rows(), rows(0, 3)])
    assert both.tolist() == pytest.approx([0.25, 0.0, 0.85], abs=0.01)


def test_rows_of_another_encoder_are_not_used(tmp_path: Path) -> None:
    np.save(tmp_path / "rows.npy", SMALL.rows)
    np.save(tmp_path / "weights.npy", SMALL.weights)
    (tmp_path / "late.json").write_text(json.dumps({"encoder": "static:abc"}), encoding="utf-8")
    assert late.load("static:xyz", tmp_path) is None
    assert late.load("static:abc", tmp_path / "none") is None
    found = late.load("static:abc", tmp_path)
    assert found is not None and np.array_equal(found.rows, SMALL.rows)


def test_the_rows_that_ship_belong_to_the_encoder_that_ships() -> None:
    encoder = dense.load(str(dense.SHIPPED))
    assert isinstance(encoder, dense.StaticEncoder) and encoder.late is not None
    assert len(encoder.late.rows) == len(encoder.late.weights) == len(encoder.rows)


def test_a_unit_holds_the_rows_of_its_passages(library: Library) -> None:
    encoder, view = library.encoder, library.view
    assert isinstance(encoder, dense.StaticEncoder)
    names = {row: token for token, row in encoder.vocabulary.items()}
    number = view.number["hunan-measures-draft", "art_30"]
    held = {names[int(row)] for row in view.rows(number, encoder)}
    assert {"文身", "三十"} <= held and "欺凌" not in held
    assert sum(len(view.rows(i, encoder)) > 0 for i in range(len(view.places))) == len(view.places)
