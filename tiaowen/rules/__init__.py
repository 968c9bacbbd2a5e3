"""Legal knowledge as data: TOML tables that a lawyer can read, and one loader.

Every row has an id, a meaning, a source and `yes`/`no` examples that the tests run.
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百千]+"
ARABIC_NUMERAL = "[0-9０-９]+"
ANY_NUMERAL = "[零〇一二两三四五六七八九十百千0-9０-９]+"


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table `rules/<name>.toml` as plain values; raises FileNotFoundError when there is none."""
    return tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str, section: str) -> tuple[dict[str, Any], ...]:
    """Return the rows of one section of a table, in the order of the file."""
    return tuple(table(name).get(section, ()))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a row's pattern with {num}, {cn} and {ar} filled in."""
    filled = (
        pattern.replace("{num}", ANY_NUMERAL).replace("{cn}", CHINESE_NUMERAL).replace("{ar}", ARABIC_NUMERAL)
    )
    return re.compile(filled)
