"""docs/rules.md, printed from the tables: `python -m tests.refresh_rules` writes it, test_docs.py compares."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from tiaowen.rules import table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
FILES = resources.files("tiaowen.rules")
COUNTED = ("places",)
HEAD = """# The tables of legal knowledge

Printed from `tiaowen/rules/` by `python -m tests.refresh_rules`; do not edit. A row of a pattern has examples that must fire (yes) and examples
that must not (no); the tests run them. Frames of duties name the rows that fired. Patterns stand in the tables themselves.
"""


def names(ending: str) -> list[str]:
    """Return the names of the tables or word lists, without their ending."""
    return sorted(p.name.removesuffix(ending) for p in FILES.iterdir() if p.name.endswith(ending))


def page() -> str:
    """Return docs/rules.md as it should be."""
    parts = [HEAD]
    for name in names(".toml"):
        parts += [f"## {name}.toml\n", *_comment(name), *_sections(name)]
    parts += ["## Word lists\n", "| file | words |\n|---|---|"]
    parts[-1] += "".join(f"\n| {name}.txt | {_words(name)} |" for name in names(".txt"))
    return "\n".join(parts) + "\n"


def _comment(name: str) -> list[str]:
    """The comment lines that open a table: what its author says of it."""
    lines = (FILES / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return ["\n".join(f"> {line[1:].strip()}".rstrip() for line in lines[:end]) + "\n"] if end else []


def _sections(name: str) -> Iterator[str]:
    plain: dict[str, Any] = {}
    for section, value in table(name).items():
        if not (isinstance(value, list) and value and isinstance(value[0], dict)):
            plain |= {f"{section}.{k}": v for k, v in value.items()} if isinstance(value, dict) else {section: value}
        elif name in COUNTED:
            yield f"{section}: {len(value)} rows.\n"
        else:
            yield _table(section, value)
    if plain:
        yield "| key | value |\n|---|---|\n" + "".join(f"| {k} | {_cell(v)} |\n" for k, v in plain.items())


def _table(section: str, found: list[dict[str, Any]]) -> str:
    lines = [f"### {section} ({len(found)})\n", "| id | meaning | source | yes | no |", "|---|---|---|---|---|"]
    for row in found:
        cells = (row.get("id", row.get("say")), _meaning(row), _source(row), row.get("yes"), row.get("no"))
        lines.append("| " + " | ".join(_cell(c) for c in cells) + " |")
    return "\n".join(lines) + "\n"


def _meaning(row: dict[str, Any]) -> str:
    """What a row says: its own `meaning`, or the facts of an actor, a lay word, a pointer."""
    if "law" in row:
        limit = [f"时限：{row['limit']}"] if row.get("limit") else []
        whom = [f"向谁：{row['to_whom']}"] if row.get("to_whom") else []
        return "；".join([f"《{row['law']}》{row['article']}：{row['who']}：{row['duty']}", *whom, *limit])
    if "say" in row:
        means = [*row.get("means", ()), *row.get("also", ())]
        return f"{_cell(row['say'])} → {_cell(means)}" if means else _cell(row.get("meaning"))
    return str(row.get("meaning") or row.get("role") or "")


def _source(row: dict[str, Any]) -> str:
    return str(row.get("source") or row.get("version") or "")


def _cell(value: object) -> str:
    """Return a value as one cell of a Markdown table."""
    if isinstance(value, (list, tuple)):
        return " · ".join(_cell(v) for v in value)
    text = "" if value is None else str(value)
    for character, shown in (("\\", "\\\\"), ("|", "\\|"), ("\n", "↵"), ("\r", "␍"), ("<", "&lt;"), ("*", "\\*"), ("_", "\\_")):
        text = text.replace(character, shown)
    return text.replace("\ufeff", "U+FEFF")


def _words(name: str) -> int:
    lines = (FILES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return sum(1 for line in lines if line.strip() and not line.startswith("#"))


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name}: {len(page().splitlines())} lines")


if __name__ == "__main__":
    main()
