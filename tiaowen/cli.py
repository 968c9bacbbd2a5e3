"""The command line. Exit 0, 2 on bad usage, 1 on failure with one clear line on standard error."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tiaowen.errors import TiaowenError, UsageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Errors are one clear line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(argv)
    try:
        return int(options.run(options))
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except TiaowenError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def ingest_main(argv: Sequence[str] | None = None) -> int:
    """Run `tiaowen ingest`: the entry of ingest.py."""
    return main(["ingest", *(sys.argv[1:] if argv is None else argv)])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tiaowen", description="条文：未成年人保护文件的条文库与引证问答")
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, help_: str, run: Any) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_)
        command.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料目录（默认 corpus）")
        command.add_argument("--index", type=Path, default=Path("index"), help="索引目录（默认 index）")
        command.set_defaults(run=run)
        return command

    add("ingest", "建立索引", _ingest).add_argument("--force", action="store_true", help="语料没变也重建")
    asking = add("ask", "提问", _ask)
    asking.add_argument("question", nargs="?", help="问题")
    asking.add_argument("--batch", type=Path, help="JSONL 文件，一行一问")
    asking.add_argument("--document", action="append", default=[], help="只在这份文件里找（可重复）")
    asking.add_argument("--region", help="提问者所在地，如 湖南省/长沙市")
    asking.add_argument("--shelf", choices=("local", "law", "all"), default="local", help="书架（默认 local）")
    asking.add_argument("--json", action="store_true", help="输出 JSON")
    listing = add("provisions", "列出条文", _provisions)
    listing.add_argument("document", nargs="?")
    listing.add_argument("--json", action="store_true")
    add("documents", "列出文件", _documents).add_argument("--json", action="store_true")
    duties = add("duties", "列出义务", _duties)
    duties.add_argument("--document")
    duties.add_argument("--bearer", help="义务主体包含的词")
    duties.add_argument("--json", action="store_true")
    kin = add("kinship", "文字同源：下位文件的条文与上位文件的哪些条文文字相同", _kinship)
    kin.add_argument("higher", help="上位文件编号")
    kin.add_argument("lower", help="下位文件编号")
    kin.add_argument("--json", action="store_true")
    checking = add("check", "检查语料", _check)
    checking.add_argument("document", nargs="?")
    checking.add_argument("--json", action="store_true")
    adding = add("add", "加入文件", _add)
    adding.add_argument("files", nargs="+", type=Path, metavar="FILE", help="要加入的文件（可多个）")
    adding.add_argument("--id", help="文件编号（只加一份时可用；默认由标题推出）")
    adding.add_argument("--shelf", choices=("local", "law"), default="local", help="书架（法律放 law）")
    adding.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="自己写明一项，如 region=湖南省/长沙市（可重复）")
    removing = add("remove", "移除文件", _remove)
    removing.add_argument("document", help="文件编号")
    for command in (adding, removing):
        command.add_argument("--yes", action="store_true", help="不询问，直接写入（供脚本使用）")
        command.add_argument("--json", action="store_true")
    comparing = add("compare", "按主题比对各文件", _compare)
    comparing.add_argument("topic", help="主题，如 强制报告")
    comparing.add_argument("--document", action="append", default=[], help="只比对这份文件（可重复）")
    comparing.add_argument("--json", action="store_true")
    return parser


def _library(options: argparse.Namespace) -> Any:
    from tiaowen.library import Library

    return Library(index=options.index, corpus=options.corpus)


def _print(value: object) -> None:
    print(msgspec.json.encode(value).decode())


def _ingest(options: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.table import Table
    from tqdm import tqdm

    from tiaowen import build, wording

    outcome = build.ingest(options.corpus, options.index, force=options.force,
                           progress=lambda paths: tqdm(paths, desc="读入", unit="份", file=sys.stderr))
    for note in outcome.notes:
        print(note, file=sys.stderr)
    if not outcome.changed:
        print(f"语料没有变化，索引 {outcome.generation} 已是最新，无需重建。")
        return 0
    table = Table("文件", "状态", "条文", "警告", "秒")
    for row in outcome.rows:
        status = wording.STATUS[row.status].format(checked="—")
        table.add_row(row.id, status, str(row.provisions), str(row.warnings), f"{row.seconds:.2f}")
    Console(width=None if sys.stdout.isatty() else 100).print(table)
    kept = f"（{outcome.kept} 份没有变化，沿用上次的结果）" if outcome.kept else ""
    print(f"索引已更新：{outcome.generation}{kept}")
    return 0


def _ask(options: argparse.Namespace) -> int:
    if bool(options.question is not None) == bool(options.batch):
        raise UsageError("请给出一个问题，或用 --batch 给出 JSONL 文件，二者选一。")
    library = _library(options)
    if options.batch:
        return _batch(library, options)
    result = library.ask(options.question, documents=options.document, region=options.region, shelf=options.shelf)
    if options.json:
        _print(result)
    else:
        _show(result, library)
    return 0


def _batch(library: Any, options: argparse.Namespace) -> int:
    try:
        lines = options.batch.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"读不了 {options.batch}，请给出 UTF-8 的 JSONL 文件。") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            _print(_one(library, options, line, number))
    return 0


def _one(library: Any, options: argparse.Namespace, line: str, number: int) -> object:
    """Return the result of one batch line, or what is wrong with it."""
    identity: object = None
    try:
        row = json.loads(line)
        identity = row.get("id")
        scope = row.get("scope")
        return library.ask(str(row["question"]), documents=tuple(scope or options.document),
                           region=row.get("region") or options.region, shelf=options.shelf,
                           identity=None if identity is None else str(identity))
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"id": identity, "error": f"第{number}行不是有效的提问，需要 JSON 和 question 字段。"}
    except TiaowenError as error:
        return {"id": identity, "error": str(error)}


def _show(result: Any, library: Any) -> None:
    """Print an answer as text: safety first, every citation with its status, pointers marked as no quotation."""
    from tiaowen import wording
    from tiaowen.ask.notes import status_words

    if result.warning:
        print(f"※ {result.warning}")
    for phrase in result.safety:
        print(f"！{phrase}")
    print(result.message)
    for answer in result.answers:
        status = status_words(library.document(answer.provision.split("#")[0]).meta)
        print(f"\n{answer.citation}（{status}；{wording.APPLICABILITY[answer.applicability]}）\n  {answer.quote}")
    for note in result.notes:
        print(f"\n注：{note}")
    for law in result.higher_law:
        kind = "上位法" if law.quote else wording.POINTER_TITLE
        print(f"\n{kind}：《{law.law}》{law.article}\n  {law.quote or law.pointer}")
    if not result.answers:
        for related in result.related[:3]:
            print(f"\n参看 {related.citation}\n  {related.quote}")


def _lines(rows: Iterable[dict[str, Any]], options: argparse.Namespace, keys: Sequence[str]) -> int:
    for row in rows:
        if options.json:
            _print(row)
        else:
            print("  ".join(str(row[key]) for key in keys))
    return 0


def _provisions(options: argparse.Namespace) -> int:
    return _lines(_library(options).provisions(options.document), options, ("id", "label", "heading"))


def _documents(options: argparse.Namespace) -> int:
    library = _library(options)
    if options.json:
        return _lines(library.describe(), options, ())
    from tiaowen import terminal

    terminal.show_documents(library.describe(), {d.meta.id: d.meta for d in library.documents}, terminal.console())
    return 0


def _duties(options: argparse.Namespace) -> int:
    rows = _library(options).duties(options.document, bearer=options.bearer)
    return _lines(rows, options, ("id", "bearer", "modality", "action"))


def _kinship(options: argparse.Namespace) -> int:
    return _lines(_library(options).kinship(options.higher, options.lower), options, ("lower", "higher", "relation", "shared"))


def _compare(options: argparse.Namespace) -> int:
    """Print a topic's row for every document, and the differences with both sides."""
    from tiaowen import wording
    from tiaowen.library import comparison_json

    library = _library(options)
    found = library.compare(options.topic, documents=options.document)
    if options.json:
        _print(comparison_json(found))
        return 0
    for row in found.rows:
        if row.silent:
            print(f"{row.document}  {wording.SILENT}" + (f"（最接近：{row.nearest.citation}，{row.nearest.why}）" if row.nearest else ""))
        for cited in row.provisions:
            print(f"{cited.citation}\n  {cited.quote}")
    for difference in found.differences:
        first, second = difference.sides
        print(f"\n{wording.ASPECT[difference.aspect]}·{wording.DIFFERENCE[difference.kind]}：{first.value or '—'} → {second.value or '—'}")
        print(f"  {first.citation}：{first.quote}\n  {second.citation}：{second.quote}")
    return 0


def _check(options: argparse.Namespace) -> int:
    """Print the findings of each document; exit 1 where there is an error."""
    from tiaowen import operate

    return operate.check(options.corpus, options.document, json=options.json)


def _add(options: argparse.Namespace) -> int:
    """Show what each file would become, ask, write, build."""
    from tiaowen import operate

    return operate.add(options.files, options.corpus, options.index, identity=options.id, shelf=options.shelf, pairs=options.set,
                       yes=options.yes, json=options.json)


def _remove(options: argparse.Namespace) -> int:
    """Say what will go, ask, delete, build."""
    from tiaowen import operate

    return operate.remove(options.document, options.corpus, options.index, yes=options.yes, json=options.json)
