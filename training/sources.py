"""Reads the training texts: the collection of national laws, the STARD articles, questions and answers."""

import gzip
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?[\s　]+(.*)")
_NUMBER = re.compile(r"第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?$")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Article:
    """One statutory article: the law's name, the headings above it, its words without the number."""

    law: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One lay question, the positions of its right articles, and a lawyer's answer where there is one."""

    text: str
    gold: tuple[int, ...]
    keywords: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """Articles (the first `searched` of them are STARD's, in its order) and the questions on them."""

    articles: tuple[Article, ...]
    searched: int
    questions: tuple[Question, ...]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8")
    for line in text.split("\n"):
        if line.strip():
            yield json.loads(line)


def law_articles(markdown: str) -> Iterator[Article]:
    """Yield the articles of one law written in Markdown, headings attached."""
    title, heading, body, seen = "", "", [""], False
    for line in (raw.strip() for raw in markdown.splitlines()):
        found = _ARTICLE.match(line)
        if found or line.startswith("#"):
            if seen:
                yield Article(title, heading, "\n".join(body))
            seen, body = bool(found), [found[1]] if found else []
            if line.startswith("# "):
                title = line[2:].strip()
            elif line.startswith("##"):
                heading = _SPACE.sub("", line.lstrip("# "))
        elif line and seen:
            body.append(line)
    if seen:
        yield Article(title, heading, "\n".join(body))


def _collection(path: Path) -> Iterator[Article]:
    texts: dict[str, str] = {}
    with tarfile.open(path) as archive:  # in the archive's own order: going back in a packed file is slow
        for member in archive:
            if not member.name.endswith(".md") or member.name.endswith(("_index.md", "法律法规模版.md")):
                continue
            stream = archive.extractfile(member)
            if stream is not None:
                texts[member.name] = stream.read().decode("utf-8")
    for name in sorted(texts):
        yield from law_articles(texts[name])


def _key(text: str) -> str:
    return _SPACE.sub("", text)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""  # a missing one is NaN in the answers' file


def _questions(folder: Path, position: dict[int, int]) -> Iterator[Question]:
    answers = {row["id"]: row for row in _lines(folder / "answers.train.jsonl")}
    for row in _lines(folder / "queries.train.jsonl"):
        answer = answers.get(row["id"], {})
        gold = tuple(position[i] for i in row["gold"])
        yield Question(row["question"], gold, _text(answer.get("keywords")), _text(answer.get("answer")))


def read_sources(data: Path) -> Sources:
    """Read laws-national.tar.gz and stard/ below the data folder; articles with the same words are kept once."""
    collected: dict[str, Article] = {}
    for article in _collection(data / "laws-national.tar.gz"):
        collected[_key(article.text)] = article
    articles: list[Article] = []
    position: dict[int, int] = {}
    for row in _lines(data / "stard" / "corpus.jsonl.gz"):
        twin = collected.pop(_key(row["content"]), None)
        position[row["id"]] = len(articles)
        articles.append(Article(_NUMBER.sub("", row["name"]), twin.heading if twin else "", row["content"]))
    searched = len(articles)
    articles += collected.values()
    return Sources(tuple(articles), searched, tuple(_questions(data / "stard", position)))


def read_pairs(paths: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """Read further pairs, one JSON object a line: {"question": …, "text": the words of its provision}."""
    return tuple((row["question"], row["text"]) for path in paths for row in _lines(path))
