"""Snippets of two documents, ready for comparing without an index on disk."""

from types import SimpleNamespace

from tests.support import doc
from tiaowen.ask.view import View
from tiaowen.compare.clauses import Clauses
from tiaowen.compare.differences import differences
from tiaowen.compare.matrix import Matrix
from tiaowen.compare.sides import Difference
from tiaowen.duty.frames import frames
from tiaowen.model import Document

HEAD = "未成年人保护工作意见\n一、任务\n"


def matrix_of(*documents: Document) -> Matrix:
    """Return the matrix of parsed documents; there is nothing to search with."""
    generation = SimpleNamespace(documents=documents, passages=(), duties=tuple(f for d in documents for f in frames(d)), vectors=None)
    return Matrix(View(generation))  # type: ignore[arg-type]


def document(identity: str, text: str, *, region: str = "全国") -> Document:
    """Return a document of a place from numbered tasks, or from a whole statute that begins with 第一条."""
    whole = text if text.startswith("第") else HEAD + text
    made = doc(whole, file="t.txt", region=region)
    return Document(made.meta.__class__(**{**{n: getattr(made.meta, n) for n in made.meta.__dataclass_fields__}, "id": identity}),
                    made.clean, made.blocks, made.provisions, made.issues, made.references)


def found(first: str, second: str, *, regions: tuple[str, str] = ("全国", "某省")) -> tuple[Difference, ...]:
    """Return the differences between two texts."""
    matrix = matrix_of(document("upper", first, region=regions[0]), document("lower", second, region=regions[1]))
    return differences(Clauses(matrix, dict.fromkeys(range(len(matrix.view.places)))))


def alone(text: str) -> tuple[Difference, ...]:
    """Return the contradictions inside one text."""
    matrix = matrix_of(document("alone", text))
    return differences(Clauses(matrix, dict.fromkeys(range(len(matrix.view.places)))))
