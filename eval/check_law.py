"""Laws of an archive on the shelf 上位法 beside the corpus: python -m eval.check_law DIR [--write].

Takes the newest version of each law that the pointer table names, builds a temporary corpus and index, and shows: every
pointer becomes the words of its article, nothing of the shelf enters an answer unasked, every row's facts stand in its
article, and what --shelf law answers. Article texts are read a second time here, by patterns of their own.
"""

import argparse
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eval.coverage import _NUMERAL, _number, files
from eval.measures import rate
from eval.run import TODAY, questions
from tiaowen.ask.higher import shown
from tiaowen.build import ingest
from tiaowen.library import CORPUS, Library
from tiaowen.model import HigherLaw
from tiaowen.rules import rows

PAGE = Path("docs/check-law.md")
READ = Path(__file__).with_name("check_law_read.toml")
HEAD = """# Laws on the shelf 上位法, checked

Written by `make check-law LAWS=DIR` (`python -m eval.check_law DIR --write`), from a law archive that is not part of this project.
The newest version of each law of the pointer table stands on the shelf of a temporary corpus beside the shipped documents. Verbatim:
the row's place exists once, and what an answer quotes equals the words of that 条, 款 or 项 as a second reader finds them, white space
apart.

"""
_PLACE = re.compile(rf"第({_NUMERAL})条(?:之({_NUMERAL}))?(?:第({_NUMERAL})款)?(?:第({_NUMERAL})项)?")
_ARTICLE = re.compile(rf"第({_NUMERAL})条(?:之({_NUMERAL}))?[\s　]+(.*)")
_ITEM = re.compile(r"[（(]([一二三四五六七八九十百]+)[）)]")
_FIGURE = re.compile(r"[零一二三四五六七八九十百千万0-9]+(?:个月|小时|周岁|类|种|次|元|日|天|年)")
_LIMITS = re.compile("立即|及时|定期|按时|适时|至少|每年|每学期|每学年|每月")
_LIST = re.compile(r"[、，；;]|及其|以及|或者|和|及|或")
Article = list[list[str]]


@dataclass(frozen=True, slots=True)
class Law:
    """A law of the archive: its title as the pointers name it, its file, text and level."""

    title: str
    name: str
    text: str
    level: str


def newest(archive: Path) -> tuple[Law, ...]:
    """Return the newest version of each law of the pointer table; versions differ by the date in the file's name."""
    wanted = dict.fromkeys(row["law"] for row in rows("pointers", "pointer"))
    found: dict[str, Law] = {}
    for name, data in files(archive):
        text = data.decode("utf-8")
        title = text.lstrip("﻿").split("\n", 1)[0].lstrip("# ").strip()
        if title in wanted and (title not in found or name > found[title].name):
            found[title] = Law(title, name, text, "行政法规" if "行政法规/" in name else "法律")
    return tuple(found[title] for title in wanted if title in found)


def corpus_with(laws: Sequence[Law], corpus: Path, folder: Path) -> Path:
    """Copy the corpus and put the laws on its shelf as law-1, law-2, …; returns the new corpus."""
    made = folder / "corpus"
    shutil.copytree(corpus, made)
    for number, law in enumerate(laws, 1):
        place = made / "_law" / f"law-{number}"
        place.mkdir(parents=True)
        (place / "law.md").write_text(law.text, encoding="utf-8")
        (place / "meta.toml").write_text(f'file = "law.md"\ntitle = "{law.title}"\nlevel = "{law.level}"\nregion = "全国"\n'
                                         'shelf = "law"\nstatus = "issued"\n', encoding="utf-8")
    return made


# -- the articles read a second time


def articles(text: str) -> dict[str, Article]:
    """Return the 款 of each article by its number, each a list of its lines: the 款 first, then its 项."""
    out: dict[str, Article] = {}
    current: Article | None = None
    for line in (raw.strip().strip("​") for raw in text.splitlines()):
        opened = _ARTICLE.match(line)
        if opened:
            key = str(_number(opened[1])) + (f"-{_number(opened[2])}" if opened[2] else "")
            current = out.setdefault(key, [])
            current.append([opened[3]])
        elif line.startswith("#") or re.fullmatch(r"[一-龥]{2,12}", line):
            current = None
        elif line and current is not None:
            if _ITEM.match(line):
                current[-1].append(line)
            else:
                current.append([line])
    return out


def words(printed: str, read: dict[str, Article]) -> str | None:
    """Return the words of 第十一条第二款 among the articles read here; None where there is no such place."""
    place = _PLACE.fullmatch(printed)
    paragraphs = read.get(f"{_number(place[1])}" + (f"-{_number(place[2])}" if place[2] else ""), []) if place else []
    if not place or not paragraphs:
        return None
    if not place[3] and not place[4]:
        return "".join(line for paragraph in paragraphs for line in paragraph)
    number = _number(place[3]) if place[3] else 1
    if number > len(paragraphs):
        return None
    if not place[4]:
        return "".join(paragraphs[number - 1])
    return next((line for line in paragraphs[number - 1][1:] if (m := _ITEM.match(line)) and _number(m[1]) == _number(place[4])),
                None)


# -- what is checked


def verbatim(row: dict[str, Any], made: HigherLaw, read: dict[str, Article]) -> str | None:
    """Return what is wrong with the quote of a row, None where it is its article's words to the letter."""
    expected = words(row["article"], read)
    if expected is None:
        return "no such place in the law"
    if made.quote is None or made.pointer is not None:
        return "no quote"
    quote = re.sub(rf"^第({_NUMERAL})条(?:之({_NUMERAL}))?", "", _plain(made.quote))
    return None if quote == _plain(expected) else "quote differs from the article"


def _plain(text: str) -> str:
    return re.sub(r"[\s　​]", "", text)


def disagreements(row: dict[str, Any], read: dict[str, Article]) -> list[str]:
    """Return the facts of a row that its article (with the 款 that announces a 项) does not print."""
    own = words(row["article"], read) or ""
    lead = re.sub(rf"第(?:{_NUMERAL})项$", "", row["article"])
    text = own + (words(lead, read) or "")
    facts = " ".join(str(row.get(key, "")) for key in ("who", "duty", "to_whom", "limit"))
    out = [f"figure {figure}" for figure in _FIGURE.findall(facts) if figure not in text]
    out += [f"limit {word}" for word in _LIMITS.findall(row.get("limit", "")) if word not in text]
    for key in ("who", "to_whom"):
        out += [f"{key} {name}" for name in _names(row.get(key, "")) if not _printed(name, text)]
    return out


def _printed(name: str, text: str) -> bool:
    """Tell whether a name stands in a text, other words in between allowed: 县级教育行政部门 in 县级人民政府教育行政部门."""
    return re.search(".{0,10}?".join(re.escape(sign) for sign in name), text) is not None


def _names(listed: str) -> list[str]:
    bare = re.sub(r"[（(][^（()）]*[）)]", "", listed)
    return [name for part in _LIST.split(bare) if len(name := re.sub(r"等(?:部门|单位|有关部门)?$", "", part.strip())) > 1]


def report(archive: Path, corpus: Path) -> Iterator[str]:
    """Yield the report as Markdown lines."""
    laws = newest(archive)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = corpus_with(laws, corpus, folder)
        ingest(made, folder / "index")
        ingest(corpus, folder / "plain")
        library = Library(index=folder / "index", corpus=made)
        plain = Library(index=folder / "plain", corpus=corpus)
        yield from _pointers(laws, library)
        yield from _unasked(library, plain)
        yield from _asked(library)


def _pointers(laws: Sequence[Law], library: Library) -> Iterator[str]:
    table = rows("pointers", "pointer")
    shelf = [d for d in library.documents if d.meta.shelf == "law"]
    read = {law.title: articles(law.text) for law in laws}
    yield "| law | articles | pointer rows | verbatim | rows whose facts all stand in the article |"
    yield "|---|---|---|---|---|"
    odd: list[tuple[str, str, str, str]] = []
    for law in laws:
        own = [row for row in table if row["law"] == law.title]
        wrong = {row["id"]: problem for row in own if (problem := verbatim(row, shown(row, shelf), read[law.title]))}
        differ = {row["id"]: "；".join(found) for row in own if (found := disagreements(row, read[law.title]))}
        yield (f"| 《{law.title}》 | {len(read[law.title])} | {len(own)} | {len(own) - len(wrong)} | "
               f"{len(own) - len(differ)} |")
        odd += [(row["id"], row["article"], wrong.get(row["id"]) or differ[row["id"]],
                 "" if row["id"] in wrong else _read_by_eye().get((row["id"], differ[row["id"]]), ""))
                for row in own if row["id"] in wrong or row["id"] in differ]
    unread = [one[0] for one in odd if not one[3]]
    yield ""
    yield (f"{len(table)} rows, {len(odd)} with something that the article does not print in these words; read by eye and right: "
           f"{len(odd) - len(unread)}, wrong or still to be read: {len(unread)}{' ' + ' '.join(unread) if unread else ''}.")
    yield ""
    if odd:
        yield "| row | article | not printed in these words | read by eye |"
        yield "|---|---|---|---|"
        yield from (f"| {' | '.join(one)} |" for one in odd)
        yield ""


@cache
def _read_by_eye() -> dict[tuple[str, str], str]:
    """The reviewed rows of check_law_read.toml: (row, what is not printed) -> why it is right."""
    reviewed = tomllib.loads(READ.read_text(encoding="utf-8"))["read"]
    return {(identity, entry["words"]): entry["why"] for entry in reviewed for identity in entry["ids"]}


def _unasked(library: Library, plain: Library) -> Iterator[str]:
    """What the shelf does to answers that did not ask for it."""
    law = {d.meta.id for d in library.documents if d.meta.shelf == "law"}
    entered, same, quoted, pointed = [], [], 0, 0
    asked = questions("tune")
    for row in asked:
        scope, region = tuple(row["scope"] or ()), row["region"]
        result = library.ask(row["question"], documents=scope, region=region, today=TODAY)
        before = plain.ask(row["question"], documents=scope, region=region, today=TODAY)
        named = [*(a.provision for a in result.answers), *(r.provision for r in result.related)]
        entered += [row["id"] for name in named if name.split("#")[0] in law]
        same.append((result.status, result.answers[:1] and result.answers[0].provision)
                    == (before.status, before.answers[:1] and before.answers[0].provision))
        quoted += sum(1 for one in result.higher_law if one.quote)
        pointed += sum(1 for one in result.higher_law if one.pointer)
    yield "| tune questions, default shelf | value |"
    yield "|---|---|"
    yield f"| questions | {len(asked)} |"
    yield f"| provisions of the shelf in `answers` or `related` | {len(entered)} |"
    yield f"| `higher_law` entries: quotes, pointers left | {quoted}, {pointed} |"
    yield f"| status and first answer as without the shelf | {rate(same)} |"
    yield ""


def _asked(library: Library) -> Iterator[str]:
    """--shelf law and --shelf all on the pointers' own example questions: is the row's article among the answers?"""
    ids = {d.meta.title: d.meta.id for d in library.documents if d.meta.shelf == "law"}
    ranks: list[int] = []
    only = both = answered = 0
    for row in rows("pointers", "pointer"):
        article = f"{ids.get(row['law'])}#art_{_number(_PLACE.match(row['article'])[1])}"  # type: ignore[index]
        for question in row["yes"]:
            result = library.ask(question, shelf="law", today=TODAY)
            names = [r.provision for r in result.related]
            ranks.append(names.index(article) + 1 if article in names else 0)
            answered += result.status == "answered"
            only += all(name.split("#")[0] in ids.values() for name in names)
            both += library.ask(question, shelf="all", today=TODAY).status == "answered"
    yield ("The example questions were written for their rows: they show that the shelf is reached, not how well it answers. `pointed` in "
           "`weights.toml` moves the articles of those rows up, only where the shelf was asked for.")
    yield ""
    yield "| pointers' example questions | value |"
    yield "|---|---|"
    yield f"| `--shelf law`: only provisions of the shelf | {rate([True] * only + [False] * (len(ranks) - only))} |"
    yield f"| `--shelf law`: answered | {rate([True] * answered + [False] * (len(ranks) - answered))} |"
    yield f"| `--shelf law`: the row's article first | {rate([r == 1 for r in ranks])} |"
    yield f"| `--shelf law`: in the first five | {rate([0 < r <= 5 for r in ranks])} |"
    yield f"| `--shelf all`: answered | {rate([True] * both + [False] * (len(ranks) - both))} |"


def main() -> int:
    """Print the report, and write the page with --write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    lines = list(report(asked.archive, asked.corpus))
    print("\n".join(lines))
    if asked.write:
        PAGE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return int(any("still to be read: 0." not in line for line in lines if "still to be read" in line))


if __name__ == "__main__":
    raise SystemExit(main())
