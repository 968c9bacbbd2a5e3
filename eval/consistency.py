"""Does a question asked in another way get the same first answer? One seeded variant of each kind that fits a question.

python -m eval.consistency [--index DIR] prints the rates; --show lists the pairs of the tune half that differ.
"""

import argparse
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from eval.measures import rate
from tiaowen.ask.query import COMMON, padding, understand
from tiaowen.index.pinyin import sound
from tiaowen.index.segment import segmenter, tag
from tiaowen.index.tokens import fold, stop_words, words
from tiaowen.library import Library
from tiaowen.model import AskResult
from tiaowen.numerals import to_chinese, to_int
from tiaowen.rules import rows

MOST_USED = 10  # a typing slip gives a character that the keyboard offers early
_HAN = re.compile(r"[一-鿿]+")
_MEASURE = "(?=(?:个|天|日|小时|周|年|月|岁|次|元|名|项|条|款|点|所))"  # 三（二）6 is a place: 六 there is another one
_ARABIC = re.compile(r"(?<![0-9.])[0-9]{1,4}" + _MEASURE)
_CHINESE = re.compile(r"(?<![哪这那每某同另任十百千万一二三四五六七八九])[一二三四五六七八九十百千万]+" + _MEASURE)
Variant = Callable[[str, random.Random], str | None]


def typo(question: str, draw: random.Random) -> str | None:
    """Return the question with one character of a content word written as another of the same sound."""
    spots, at = [], 0
    for word in words(fold(question)):
        if len(word) > 1 and _HAN.fullmatch(word) and word not in {*COMMON, *padding(), *stop_words()}:
            spots += [i for i in range(at, at + len(word)) if homophones(question[i])]
        at += len(word)
    if not spots:
        return None
    spot = draw.choice(spots)
    return question[:spot] + draw.choice(homophones(question[spot])) + question[spot + 1 :]


def homophones(character: str) -> str:
    """Return the most used characters that sound like one, without it; an empty string where there are none."""
    alike = _by_sound().get(sound(character) or (), "")
    return alike.replace(character, "")[:MOST_USED]


@cache
def _by_sound() -> dict[tuple[str, ...], str]:
    """Sound -> the everyday characters (first level of GB2312) with it, most used first."""
    level = [bytes((row, cell)).decode("gb2312", errors="ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    found: dict[tuple[str, ...], list[str]] = {}
    for character in filter(None, level):
        found.setdefault(sound(character) or (), []).append(character)
    return {key: "".join(sorted(group, key=lambda c: (-(segmenter().FREQ.get(c) or 0), c))) for key, group in found.items()}


def width(question: str, draw: random.Random) -> str | None:
    """Return the question with its full-width signs, letters and digits half width, and the half-width ones full width."""
    out = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c
                  for c in question)
    return out if out != question else None


def numerals(question: str, draw: random.Random) -> str | None:
    """Return the question with its Arabic numerals in Chinese, or with its Chinese ones before a measure word in Arabic."""
    out = _ARABIC.sub(_in_chinese, question)
    if out == question:
        out = _CHINESE.sub(_in_arabic, question)
    return out if out != question else None


def _in_chinese(match: re.Match[str]) -> str:
    """A year is written figure by figure: 2025年 is 二〇二五年."""
    if len(match[0]) == 4 and match.string[match.end() :].startswith("年"):
        return "".join("〇一二三四五六七八九"[int(c)] for c in match[0])
    return to_chinese(int(match[0]))


def _in_arabic(match: re.Match[str]) -> str:
    try:
        return str(to_int(match[0]))
    except ValueError:
        return match[0]


def everyday(question: str, draw: random.Random) -> str | None:
    """Return the question with one everyday word replaced by another that the table gives the same meaning."""
    found = [(c.said, other) for c in understand(question, documents=()).concepts if c.said in question
             for other in _others(c.said) if _joins(question, c.said, other)]
    if not found:
        return None
    said, other = draw.choice(found)
    return question.replace(said, other, 1)


def _joins(question: str, said: str, other: str) -> bool:
    """Tell whether the words beside stay apart: 未城年人 for the 未成年 of 未成年人 would write 人 twice."""
    before, _, after = question.partition(said)
    return before[-1:] != other[0] and after[:1] != other[-1]


@cache
def _others(said: str) -> tuple[str, ...]:
    """The other ways to say it of the one row that a word stands in, as long as it or of its word class.

    A row holds whole phrases too (名次, 考了多少): put one for the other, and the sentence is none any more.
    """
    holding = [row for row in rows("lay", "lay") if said in map(fold, row["say"])]
    if len(holding) != 1:
        return ()
    return tuple(say for say in holding[0]["say"] if said not in fold(say) and fold(say) not in said
                 and (len(say) == len(said) or (tag(said) and tag(said) == tag(say))))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def traditional(question: str, draw: random.Random) -> str | None:
    """Return the question in traditional characters."""
    out = str(_converter().convert(question))
    return out if out != question else None


KINDS: dict[str, Variant] = {
    "one character of the same sound": typo,
    "full and half width": width,
    "Arabic and Chinese numerals": numerals,
    "another everyday word of the same row": everyday,
    "traditional characters": traditional,
}


def variants(identity: str, question: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, variant) of a question, at most one of each kind; the same ones every time."""
    for kind, make in KINDS.items():
        made = make(question, random.Random(f"{identity}|{kind}"))
        if made and made != question:
            yield kind, made


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a variant of it, and whether both got the same first answer."""

    row: dict[str, Any]
    kind: str
    variant: str
    same: bool
    first: tuple[str, str | None]


def first(result: AskResult) -> tuple[str, str | None]:
    """Return the status and the first answer's provision."""
    return result.status, result.answers[0].provision if result.answers else None


def pairs(library: Library, asked: Sequence[tuple[dict[str, Any], AskResult]], *, today: date) -> list[Pair]:
    """Return every variant of the questions beside what the plain question got."""
    out = []
    for row, plain in asked:
        for kind, variant in variants(row["id"], row["question"]):
            result = library.ask(variant, documents=tuple(row["scope"] or ()), region=row["region"], today=today)
            out.append(Pair(row, kind, variant, first(result) == first(plain), first(result)))
    return out


def table(found: Sequence[Pair]) -> list[tuple[str, str]]:
    """Return (kind, rate) lines, then all variants and the questions whose variants all agree."""
    kinds = [(kind, rate([p.same for p in found if p.kind == kind])) for kind in KINDS]
    questions: dict[str, bool] = {}
    for p in found:
        questions[p.row["id"]] = questions.get(p.row["id"], True) and p.same
    return [*kinds, ("all variants", rate([p.same for p in found])),
            ("questions whose variants all agree", rate(list(questions.values())))]


def report_lines(library: Library, halves: Mapping[str, Sequence[tuple[dict[str, Any], AskResult]]], *,
                 today: date) -> list[str]:
    """Return the section of the report."""
    tables = {split: table(pairs(library, asked, today=today)) for split, asked in halves.items()}
    out = ["## the same question asked another way", "",
           "Same status and same first provision as the plain question; at most one seeded variant of each kind a question.", "",
           f"| variant | {' | '.join(f'{split} half' for split in tables)} |", "|---|" + "---|" * len(tables)]
    names = [name for name, _ in next(iter(tables.values()), [])]
    out += [f"| {name} | {' | '.join(dict(lines)[name] for lines in tables.values())} |" for name in names]
    return [*out, ""]


def main() -> None:
    """Print the rates of both halves, with --show the pairs of the tune half that differ."""
    from eval.run import TODAY, questions

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--show", action="store_true", help="list what differs (tune half only)")
    options = parser.parse_args()
    library = Library(index=options.index, corpus=options.corpus)
    for split in ("tune",) if options.show else ("tune", "test"):
        asked = [(row, library.ask(row["question"], documents=tuple(row["scope"] or ()), region=row["region"], today=TODAY))
                 for row in questions(split)]
        found = pairs(library, asked, today=TODAY)
        print(f"\n{split} half")
        for name, value in table(found):
            print(f"  {name:42} {value}")
        plain = {row["id"]: first(result) for row, result in asked}
        for p in found if options.show else ():
            if not p.same:
                print(p.row["id"], p.kind, p.row["question"], "→", p.variant, plain[p.row["id"]], p.first)


if __name__ == "__main__":
    main()
