"""Imports point one way: errors, numerals → eid → model → rules → read → parse → duty → index → ask → … → build, library → cli, ui."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tiaowen

PACKAGE = Path(tiaowen.__file__).parent
LAYERS = (("errors", "numerals", "plain"), ("eid",), ("model",), ("rules", "wording"), ("read",), ("parse",), ("duty",), ("index",), ("ask",), ("compare",),
          ("course",), ("export",), ("register", "comparing", "check", "metafile"), ("trial", "tables"), ("build", "library"), ("proposal",),
          ("adding",), ("terminal",), ("operate",), ("serve", "cli", "ui"), ("__main__",))
RANK = {room: rank for rank, layer in enumerate(LAYERS) for room in layer}
FILES = sorted(PACKAGE.rglob("*.py"))


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module of this package that a file imports, also inside functions, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import"
            module = node.module or ""
            if module == "tiaowen":
                yield from ((f"tiaowen.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield module, node.lineno


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":
        assert not [m for m, _ in imports(path) if m.startswith("tiaowen")]
        return
    assert own in RANK, f"{own} has no place in the layers"
    for module, line in imports(path):
        if module.startswith("tiaowen."):
            other = room(module)
            assert other == own or RANK[other] < RANK[own], f"{path.relative_to(PACKAGE)}:{line}: {own} imports {other}"


def test_pages_go_through_the_library() -> None:
    doors = {"library", "model", "wording", "ui", "errors", "eid"}
    bad = [f"{path.relative_to(PACKAGE)}:{line}: {module}" for path in FILES if "ui" in path.relative_to(PACKAGE).parts
           for module, line in imports(path) if module.startswith("tiaowen.") and room(module) not in doors]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize(("module", "allowed"), [
    ("streamlit", {"ui"}), ("faiss", {"index"}), ("torch", set()), ("sentence_transformers", {"index"}), ("rank_bm25", {"index"}),
    ("pdfplumber", {"read"}), ("selectolax", {"read"}), ("defusedxml", {"read"}), ("rapidocr", {"read"}), ("xlsxwriter", {"export"}),
    ("docx", {"export"}), ("argparse", {"cli"}), ("rich", {"cli", "terminal"}),
])
def test_libraries_keep_to_their_rooms(module: str, allowed: set[str]) -> None:
    users = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES for m, _ in imports(path) if m.split(".")[0] == module}
    assert users <= allowed, users


@pytest.mark.parametrize("module", ["faiss", "sentence_transformers", "torch", "pdfplumber", "selectolax", "defusedxml", "rapidocr", "charset_normalizer", "rich", "tqdm", "xlsxwriter", "docx"])
def test_heavy_libraries_are_loaded_late(module: str) -> None:
    for path in FILES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert module not in [n.split(".")[0] for n in names], f"{path.relative_to(PACKAGE)} imports {module} at the top"


def test_the_early_rooms_do_no_input_or_output() -> None:
    for name in ("errors", "numerals", "plain", "eid", "model"):
        used = {m.split(".")[0] for m, _ in imports(PACKAGE / f"{name}.py")}
        assert not used & {"pathlib", "os", "io", "json", "tomllib"}, f"{name}: {used}"
    assert "re" not in {m for m, _ in imports(PACKAGE / "model.py")}


def test_no_code_names_a_document_or_a_place() -> None:
    """A docstring or comment may quote a source; code may not (help and example questions apart)."""
    names = ("hunan", "jincheng", "rangtang", "yuexiu", "national-opinions", "湖南", "晋城", "壤塘", "越秀")
    for path in [p for p in FILES if p.name not in ("cli.py", "wording.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(n.body[0].value) for n in ast.walk(tree)
                if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef) and n.body and isinstance(n.body[0], ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                assert not [n for n in names if n in node.value], f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.value!r}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_small_and_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, "split it"
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says what it is for"
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert "print" not in calls or path.name == "cli.py"
