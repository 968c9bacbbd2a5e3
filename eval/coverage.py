"""Every text of a law archive read, beside an independent count: python -m eval.coverage DIR (a folder or a .tar.gz).

The independent count is a pattern over the lines of the file; it shares no code with the parser. Texts without articles
are counted by 一、. `_index.md` and templates are skipped.
"""

import argparse
import os
import re
import tarfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path, PurePosixPath

from tiaowen.model import Document, Meta, SourceDocument
from tiaowen.parse.document import coverage, parse
from tiaowen.read.text import decode

_NUMERAL = "[零〇一二三四五六七八九十百千]+|[0-9]+"
_START = r"(?m)^(?:\#{1,6}[ ])?[\s　​]*"
_ARTICLE = re.compile(rf"{_START}第({_NUMERAL})条(?:之({_NUMERAL}))?(?=[\s　])")
_FIRST_LEVEL = re.compile(rf"{_START}([零〇一二三四五六七八九十百千]+)、")
_SKIPPED = re.compile(r"_index\.md|.*(?:模版|模板).*")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Read:
    """What one file gave: numbers counted by pattern and found by the parser, coverage, seconds, or the exception."""

    name: str
    by_article: bool
    counted: tuple[str, ...]
    found: tuple[str, ...]
    covered: float
    seconds: float
    error: str = ""

    @property
    def differs(self) -> bool:
        """Tell whether numbers, their count or their order differ."""
        return self.counted != self.found


def files(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of each law in a folder or tar archive, in order of their names."""
    if archive.is_dir():
        for path in sorted(archive.rglob("*.md")):
            if not _SKIPPED.fullmatch(path.name):
                yield path.relative_to(archive).as_posix(), path.read_bytes()
        return
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            name = PurePosixPath(member.name)
            opened = tar.extractfile(member) if member.isfile() and name.suffix == ".md" else None
            if opened and not _SKIPPED.fullmatch(name.name):
                yield member.name, opened.read()


def independent(text: str) -> tuple[bool, tuple[str, ...]]:
    """Return whether the text has articles, and the numbers that open its lines: of articles, else of 一、."""
    articles = tuple(f"{_number(m[1])}" + (f"-{_number(m[2])}" if m[2] else "") for m in _ARTICLE.finditer(text))
    return (True, articles) if articles else (False, tuple(str(_number(m[1])) for m in _FIRST_LEVEL.finditer(text)))


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    total = current = 0
    for sign in words.replace("〇", "零"):
        if sign in "十百千":
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            current = 0
        else:
            current = _DIGITS.index(sign)
    return total + current


def read(file: tuple[str, bytes]) -> Read:
    """Parse one file and count it independently; an exception is part of the result."""
    name, data = file
    began = time.perf_counter()
    try:
        source = SourceDocument(Meta("law", PurePosixPath(name).name, PurePosixPath(name).stem), decode(data, name=name))
        by_article, counted = independent(source.raw)
        document = parse(source)
        return Read(name, by_article, counted, _found(document, by_article), coverage(source, document),
                    time.perf_counter() - began)
    except Exception as error:
        return Read(name, True, (), (), 0.0, time.perf_counter() - began, f"{type(error).__name__}: {error}")


def _found(document: Document, by_article: bool) -> tuple[str, ...]:
    level = "art" if by_article else "l1"
    return tuple(p.number for p in document.provisions if p.level == level)


def lines(results: Sequence[Read], seconds: float) -> Iterator[str]:
    """Yield the table of what differs or failed, then the one line of figures."""
    odd = [r for r in results if r.differs or r.error or r.covered != 1.0]
    if odd:
        yield "| file | counted | found | only counted | only found | coverage |\n|---|---|---|---|---|---|"
    for r in odd:
        yield (f"| {r.name} | {len(r.counted)} | {r.error or len(r.found)} | {_only(r.counted, r.found)} | "
               f"{_only(r.found, r.counted)} | {r.covered:.4f} |")
    articles = sum(len(r.found) for r in results if r.by_article)
    without = sum(1 for r in results if not r.by_article)
    covered = sum(r.covered for r in results) / len(results) if results else 0.0
    yield (f"files {len(results)} ({without} without articles), articles {articles}, exceptions {sum(bool(r.error) for r in results)}, "
           f"files with a difference {sum(r.differs for r in results)}, coverage {covered:.2%}, {seconds:.0f} s")


def _only(one: Sequence[str], other: Sequence[str]) -> str:
    rest = list(other)
    out = []
    for number in one:
        if number in rest:
            rest.remove(number)
        else:
            out.append(number)
    return " ".join(out[:8]) + (" …" if len(out) > 8 else "") if out else "–" if sorted(one) != sorted(other) else "order"


def main() -> int:
    """Read the archive on all cores and print; 1 where a file failed or is not covered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    began = time.perf_counter()
    with Pool(asked.jobs) as pool:
        results = pool.map(read, list(files(asked.archive)), chunksize=16)
    for line in lines(results, time.perf_counter() - began):
        print(line)
    return int(any(r.error or r.covered != 1.0 for r in results) or not results)


if __name__ == "__main__":
    raise SystemExit(main())
