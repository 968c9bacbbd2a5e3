"""The commands that look after a corpus: check, add, remove. They show, ask, do, and return the exit status."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tiaowen import adding, build, terminal, trial
from tiaowen.check import as_json, reports
from tiaowen.errors import UsageError
from tiaowen.model import to_json
from tiaowen.proposal import Proposal, propose


def check(corpus: Path, identity: str | None, *, json: bool) -> int:
    """Print the findings of each document; 1 where there is an error."""
    found = reports(corpus, identity)
    errors = sum(one.count("error") for one in found)
    if json:
        _say(*(to_json(row) for row in as_json(found)))
        return 1 if errors else 0
    _say(*terminal.report_lines(found))
    for one in found:
        _say(*(f"{one.id}{f'#{i.eid}' if i.eid else ''}  [{i.level}] {i.message}" for i in one.findings))
    _say(f"共 {sum(len(one.findings) for one in found)} 条，其中错误 {errors} 条。")
    return 1 if errors else 0


def add(files: Sequence[Path], corpus: Path, index: Path, *, identity: str | None, shelf: str, pairs: Sequence[str], yes: bool, json: bool) -> int:
    """Show what each file would become, ask, write, build; 2 where nobody confirmed."""
    if identity and len(files) > 1:
        raise UsageError("--id 只能在加一份文件时使用。")
    given = trial.settings(_given(pairs))
    out = terminal.console()
    proposals: list[Proposal] = []
    for path in files:
        proposals.append(propose(path, corpus, today=date.today(), identity=identity, shelf=shelf, given=given, also=proposals))
        if not json:
            terminal.show_proposal(proposals[-1], out)
    confirmed = _confirmed("写入语料并更新索引？", yes=yes, json=json)
    outcome = adding.add(proposals, corpus, index) if confirmed else None
    if json:
        _say(*(to_json(terminal.proposal_json(one, added=confirmed)) for one in proposals))
    return _done(outcome, json=json)


def remove(identity: str, corpus: Path, index: Path, *, yes: bool, json: bool) -> int:
    """Say what will go, ask, delete, build; 2 where nobody confirmed."""
    gone = adding.removal(identity, corpus)
    if not json:
        _say(*terminal.removal_lines(gone))
    confirmed = _confirmed("删除并更新索引？删除后不能恢复。", yes=yes, json=json)
    outcome = adding.remove(gone, corpus, index) if confirmed else None
    if json:
        _say(to_json({"id": identity, "folder": str(gone.folder), "files": gone.files, "pointing": gone.pointing, "removed": confirmed}))
    return _done(outcome, json=json)


def _given(pairs: Sequence[str]) -> dict[str, str]:
    parted = [words.partition("=") for words in pairs]
    if wrong := [words for words, (_, equals, value) in zip(pairs, parted, strict=True) if not equals or not value.strip()]:
        raise UsageError(f"--set 要写成 KEY=VALUE，例如 region=某省/某市；看不懂：{'、'.join(wrong)}。")
    return {key.strip(): value.strip() for key, _, value in parted}


def _confirmed(question: str, *, yes: bool, json: bool) -> bool:
    """Ask; the default is no. Where nobody can be asked: no with --json, else UsageError."""
    if yes or json:
        return yes
    if not sys.stdin.isatty():
        raise UsageError("这里没有人可以确认，什么都没有改；确认无误后请加 --yes 再运行。")
    sys.stdout.write(f"{question}（y/N）")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def _done(outcome: build.Outcome | None, *, json: bool) -> int:
    if outcome is None:
        sys.stderr.write("没有写入，语料和索引都没有改动。\n")
        return 2
    sys.stderr.writelines(f"{note}\n" for note in outcome.notes)
    if not json:
        _say(f"索引已更新：{outcome.generation}")
    return 0


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
