"""The rows of the duty tables, compiled once, and the pattern of a phrase that names bodies or persons with duties."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tiaowen.model import Span
from tiaowen.rules import ANY_NUMERAL, ARABIC_NUMERAL, CHINESE_NUMERAL, rows

STOP = "，,。；;：:、"
_GAP = f"[^{STOP}和及或与将对向在由因的为从把（(《“]{{0,14}}?"
_CONNECT = "(?:、|和|或者|以及|及其|及|与|或)"


@dataclass(frozen=True, slots=True)
class Row:
    """A compiled row of a duty table; `values` holds its other keys (class, kind, opens …)."""

    id: str
    pattern: re.Pattern[str]
    values: dict[str, Any]
    holds: tuple[str, ...] = ()

    def may(self, text: str, start: int, end: int) -> bool:
        """Tell whether one of the words that a match needs stands in a range; always where the row names none."""
        for word in self.holds:
            if text.find(word, start, end) >= 0:
                return True
        return not self.holds

    def opens(self, text: str, start: int, end: int, *, group: str = "") -> Span | None:
        """Return the span of the match (or of one group) that begins at `start`; ^ and $ are the ends given."""
        match = self.pattern.match(text[start:end])
        return Span(start + match.start(group or 0), start + match.end(group or 0)) if match else None


@cache
def table_rows(name: str, section: str) -> tuple[Row, ...]:
    """Return the compiled rows of one section, in the order of the file."""
    return tuple(Row(row["id"], re.compile(fill(row["pattern"])), row, tuple(row.get("holds", ()))) for row in rows(name, section))


@cache
def any_of(name: str, section: str) -> re.Pattern[str]:
    """Return one pattern that finds what any row of a section finds: most clauses hold none, and one look tells."""
    joined = "|".join(re.sub(r"\?P<\w+>", "?:", fill(row["pattern"])) for row in rows(name, section))
    return re.compile(joined)


def possible(name: str, section: str, text: str, start: int, end: int) -> tuple[Row, ...]:
    """Return the rows of a section that can match in a range: most clauses hold none of their words."""
    return tuple([row for row in table_rows(name, section) if row.may(text, start, end)])


def fill(pattern: str) -> str:
    """Return a row's pattern with {num}, {cn}, {ar} and {actor} filled in."""
    for name, value in (("{num}", ANY_NUMERAL), ("{cn}", CHINESE_NUMERAL), ("{ar}", ARABIC_NUMERAL)):
        pattern = pattern.replace(name, value)
    return pattern.replace("{actor}", actor()) if "{actor}" in pattern else pattern


@cache
def words(section: str) -> str:
    """Return the alternation of one section of the table of actors."""
    return "(?:" + "|".join(row["pattern"] for row in rows("duty_actors", section)) + ")"


@cache
def actor() -> str:
    """Return the pattern of a phrase of bearers: 县级以上人民政府教育、公安、民政等部门和残疾人联合会等组织.

    It may end in a bare branch (教育); `names_bearer` rejects that.
    """
    head, branch, relative = words("head"), words("function"), words("relative")
    level = "(?:县级以上(?:地方)?|省级以上|设区的市级以上|各级|地方各级|任何|其他|有关|相关|所在|各|其)?"
    joined = f"(?:{head}(?:(?:有关|相关|所属|主管|各|{branch})*{head})*)"
    term = f"(?:{level}{relative}?{_GAP}{joined}(?:的(?:其他)?{_GAP}{joined})?(?:{branch}(?=[、和等]))?)"
    element = f"(?:{branch}(?=、|和|等|或|以及|及)|{term})"
    core = f"{element}(?:{_CONNECT}{element})*(?:等(?:有关|相关|其他)?(?:{_GAP}{joined})?)?"
    return f"(?:{core}(?:{_CONNECT}{core})*)"


@cache
def actor_at_start() -> re.Pattern[str]:
    """Return the compiled phrase of bearers."""
    return re.compile(actor())


@cache
def longer_actor() -> re.Pattern[str]:
    """Return the pattern that runs on from a head to a longer name before a verb: 街道 | 未成年人保护工作站 | 配备."""
    return re.compile(f"{_GAP}{words('head')}(?={words('subject_verb')})")


@cache
def longer_person() -> re.Pattern[str]:
    """Return the pattern that runs on from a head to persons of it: 企业 | 职工, 成员 | 和从业人员."""
    return re.compile(f"(?:{_CONNECT}{_GAP})?{words('person')}")


@cache
def guided_actor() -> re.Pattern[str]:
    """Return the pattern of a body or person that is guided, further off: 区内…等与未成年人高频接触的单位."""
    return re.compile(f"[^，,。；;]{{0,40}}?{words('head')}")


@cache
def far_actor() -> re.Pattern[str]:
    """Return the pattern of an X described at length before its verb: 其他具有监护资格的组织或者个人 | 承担."""
    return re.compile(f"[^，,。；;]{{0,40}}?{words('head')}(?={words('subject_verb')})")


@cache
def guided_person() -> re.Pattern[str]:
    """Return the pattern of a person that is guided: 广大未成年人, “五老”中的科技工作者."""
    return re.compile(f"[^{STOP}向对为]{{0,8}}?{words('person')}")


@cache
def listed_actor() -> re.Pattern[str]:
    """Return the pattern of a list of any nouns that a head sums up: 旅馆、宾馆、民宿等住宿经营者."""
    head = words("head")
    return re.compile(f"(?:[^{STOP}]{{1,16}}、)+[^{STOP}]{{1,16}}?等[一-龥]{{0,6}}?{head}(?:的[一-龥]{{0,4}}?{head})?")


@cache
def _ends_in_head() -> re.Pattern[str]:
    return re.compile(f"(?:{words('head')}|等)$")


def names_bearer(phrase: str) -> bool:
    """Tell whether a phrase ends in a head word: 教育部门 does, 教育 and 未成年学生 do not."""
    return bool(_ends_in_head().search(phrase))


@cache
def _thing() -> re.Pattern[str]:
    return re.compile(words("thing") + "$")


def ends_in_thing(phrase: str) -> bool:
    """Tell whether a phrase names a thing: 评估结果, 未成年人保护工作."""
    return bool(_thing().search(phrase))


@cache
def opening(section: str) -> re.Pattern[str]:
    """Return the compiled alternation of one section of the table of actors."""
    return re.compile(words(section))


@cache
def leading_joint() -> re.Pattern[str]:
    """Return the pattern of what joins a member to the one before it: 并于, 同时."""
    return re.compile("(?:并且|并|同时|还|也|且)?(?:依法|在|于)?")


@cache
def leading() -> re.Pattern[str]:
    """Return the pattern of the adverbs that may stand before the verb that opens a clause."""
    return re.compile("(?:" + "|".join(row["pattern"] for row in rows("duty_modality", "leading")) + ")*")
