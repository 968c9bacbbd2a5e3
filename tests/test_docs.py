"""The documentation says what the code does: commands, paths, examples, both languages, the printed rules."""

import argparse
import json
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests import refresh_rules
from tests.conftest import CORPUS, ROOT
from tiaowen import cli

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "training" / "README.md"])
DOCS = [page for page in PAGES if page.name != "rules.md"]
PLACES = (ROOT, ROOT / "tiaowen")
MADE = ("index", ".venv", "wheels")  # folders that commands make
MADE_FILES = ("eval/report.md",)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"^(?:\S*python3? -m )?tiaowen +(?P<rest>.*)$")
INGEST = re.compile(r"^(?:\S*python3? +)?ingest\.py *(?P<rest>.*)$")
MAKE = re.compile(r"^make +(?P<rest>.*)$")
PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)+/?|[\w-]+/|[\w-]+\.(?:py|toml|md|txt|jsonl|svg)", re.ASCII)
FORBIDDEN = re.compile(
    r"\.\./shared|(?<!\w)/work\b|/work/|/tmp/|pypi\.|pythonhosted|pytorch\.org|huggingface\.co|hf\.co|conda\.|npmjs|"
    r"mirrors?\.[a-z]|tuna\.|aliyun|https?://(?:\w+\.)*(?:index|simple)\b"
)
NAME = pytest.mark.parametrize("page", DOCS, ids=lambda p: str(p.relative_to(ROOT)))


def blocks(text: str) -> list[tuple[str, str]]:
    """Every fenced block: language and words."""
    return [(m[1], m[2]) for m in FENCE.finditer(text)]


def commands(text: str) -> Iterator[str]:
    """Every line of a block of commands, and every code span."""
    for language, words in blocks(text):
        if language in ("sh", "bat"):
            yield from (line.replace("\\", "/") for line in words.splitlines() if line.strip())
    yield from SPAN.findall(FENCE.sub("", text))


def subparsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command."""
    action = next(a for a in cli._parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def unknown(name: str, rest: list[str]) -> list[str]:
    """What a shown command names that its parser does not have."""
    known = subparsers()
    if name not in known:
        return [f"no command: {name}"]
    options = known[name]._option_string_actions
    return [f"{name}: no option {word}" for word in rest if word.startswith("--") and word.split("=")[0] not in options]


@NAME
def test_every_command_shown_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    wrong = []
    for line in commands(page.read_text(encoding="utf-8")):
        if found := COMMAND.match(line):
            words = shlex.split(found["rest"])
            wrong += [] if words[0] == "…" else unknown(words[0], words[1:])
        elif found := INGEST.match(line):
            wrong += unknown("ingest", shlex.split(found["rest"]))
        elif found := MAKE.match(line):
            wrong += [f"no target: {w}" for w in shlex.split(found["rest"]) if "=" not in w and w not in targets]
    assert not wrong, f"{page.name}: {wrong}"


def test_every_command_option_and_variable_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [name for name in subparsers() if f"## tiaowen {name}\n" not in text]
    missing += [o for p in subparsers().values() for o in p._option_string_actions if o.startswith("--") and f"`{o}" not in text]
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "tiaowen").rglob("*.py"))
    used, told = (set(re.findall(r"TIAOWEN_[A-Z]+", words)) for words in (code, text))
    assert not missing and used == told, (missing, used ^ told)


@NAME
def test_every_path_named_exists(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    wrong = [f"link: {target}" for target in re.findall(r"\]\(([^)#]+)\)", text)
             if "://" not in target and not (page.parent / target).exists()]
    for span in SPAN.findall(text):
        wrong += [span] if PATH.fullmatch(span) and not exists(span, page.parent) else []
    assert not wrong, f"{page.name}: {wrong}"


def exists(name: str, beside: Path) -> bool:
    """Tell whether a path or file name of a text is there, or is made by a command."""
    first = name.split("/")[0]
    if first in MADE or name in MADE_FILES:
        return True
    if "/" not in name:
        return any(ROOT.glob(name)) or any(p for top in ("tiaowen", "corpus", "eval", "docs", "tests", "training")
                                           for p in (ROOT / top).rglob(name))
    inside = [place for place in (*PLACES, beside) if (place / first).is_dir()]
    return not inside or any(any(place.glob(name.rstrip("/"))) for place in inside)


def test_both_readmes_say_the_same() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert blocks(english) == blocks(chinese)

    def headings(text: str) -> list[str]:
        return re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE)

    def figures(text: str) -> list[str]:
        return re.findall(r"\d[\d.]*(?:/\d+)|@FIGURE:\w+@", FENCE.sub("", text))

    def table_rows(text: str) -> int:
        return len(re.findall(r"^\|", text, re.MULTILINE))

    assert headings(english) == headings(chinese)
    assert figures(english) == figures(chinese)
    assert table_rows(english) == table_rows(chinese)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_text_names_a_place_that_is_not_the_users(page: Path) -> None:
    found = FORBIDDEN.findall(page.read_text(encoding="utf-8"))
    assert not found, f"{page.name}: {found}"


def test_the_printed_rules_are_up_to_date() -> None:
    assert refresh_rules.PAGE.read_text(encoding="utf-8") == refresh_rules.page(), "run: python -m tests.refresh_rules"


def printed(capsys: pytest.CaptureFixture[str], index: Path, *words: str) -> str:
    """What a command prints over the shipped corpus."""
    assert cli.main([*words, "--index", str(index), "--corpus", str(CORPUS)]) == 0
    return capsys.readouterr().out


def test_the_readme_opens_with_what_the_program_prints(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (_, command), (_, shown), *_ = blocks((ROOT / "README.md").read_text(encoding="utf-8"))
    _, _, _, *words = shlex.split(command)
    assert printed(capsys, index, *words).strip() == shown.strip()


def test_json_examples_have_the_keys_of_the_commands(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = blocks((ROOT / "docs" / "commands.md").read_text(encoding="utf-8"))
    pairs = [(command, json.loads(example)) for (_, command), (language, example) in pairwise(found)
             if language == "json"]
    assert len(pairs) >= 5
    for command, example in pairs:
        _, _, _, *words = shlex.split(command)
        rows = [json.loads(line) for line in printed(capsys, index, *words).splitlines()]
        real = next(row for row in rows if row["id"] == example["id"])
        assert keys(example) == keys(real), command


def keys(value: Any) -> Any:
    """The keys of an object and of the objects in it, each list by its first entry."""
    if isinstance(value, dict):
        return {key: keys(inner) for key, inner in value.items() if key != "inherited"}
    return [keys(value[0])] if isinstance(value, list) and value and isinstance(value[0], dict) else None


def test_the_counts_of_the_evaluation_page() -> None:
    text = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in (ROOT / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    second = len((ROOT / "eval" / "second_labels.jsonl").read_text(encoding="utf-8").splitlines())
    halves = {half: sum(row["split"] == half for row in rows) for half in ("tune", "test")}
    for words in (f"{len(rows)} questions", f"{sum(row['kind'] == 'safety' for row in rows)} questions of safety",
                  f"{sum(bool(row['twin']) for row in rows) // 2} contrast", f"`tune` ({halves['tune']} questions)",
                  f"`test` ({halves['test']} questions)", f"{second} questions, a fifth"):
        assert words in text, words
