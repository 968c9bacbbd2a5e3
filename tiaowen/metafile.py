"""meta.toml written: a new one from values, and single values of an existing one changed, its comments and order kept."""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from tiaowen.errors import CorpusError

Value = str | date | tuple[str, ...]
Values = Mapping[str, Value | Mapping[str, Value] | None]
_TABLE = re.compile(r"\s*\[\s*([\w-]+)\s*\]\s*(?:#.*)?$")


def written(values: Values) -> str:
    """Return meta.toml for values in their order; tables after the plain keys, None and empty left out."""
    plain = [f"{key} = {_literal(v)}" for key, v in values.items() if v and not isinstance(v, Mapping)]
    tables = []
    for key, inner in values.items():
        if isinstance(inner, Mapping) and any(inner.values()):
            tables += ["", f"[{key}]", *(f"{name} = {_literal(v)}" for name, v in inner.items() if v)]
    return "\n".join([*plain, *tables]) + "\n"


def changed(text: str, changes: Mapping[str, Value | None]) -> str:
    """Return meta.toml with values set, or taken out where None; keys are `status` or `successor.title`.

    Raises CorpusError where that would break it.
    """
    wanted = tomllib.loads(text.removeprefix("\ufeff"))
    out = text
    for key, value in changes.items():
        table, _, name = key.rpartition(".")
        place = wanted.setdefault(table, {}) if table else wanted
        if value is None:
            if place.pop(name, None) is None:
                continue
        else:
            place[name] = list(value) if isinstance(value, tuple) else value
        out = _set(out, table, f"{name} = {_literal(value)}" if value else None, name)
    if _loaded(out) != wanted:
        lines = "；".join(f"{key} = {_literal(value)}" for key, value in changes.items() if value)
        raise CorpusError(f"没有把握改好 meta.toml，请手工写入：{lines}。")
    return out


def _loaded(text: str) -> Any:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        return None


def _set(text: str, table: str, line: str | None, name: str) -> str:
    """Replace the line of a key in its table, or add it at the table's end, or add the table; None takes the line out."""
    lines = text.split("\n")
    heads = [(i, m[1]) for i, words in enumerate(lines) if (m := _TABLE.match(words))]
    start = 0 if not table else next((i + 1 for i, head in heads if head == table), None)
    if start is None:
        return text if not line else text.rstrip("\n") + f"\n\n[{table}]\n{line}\n"
    end = next((i for i, _ in heads if i >= start), len(lines))
    own = next((i for i in range(start, end) if re.match(rf"\s*{re.escape(name)}\s*=", lines[i])), None)
    if own is not None:
        lines[own : own + 1] = [line] if line else []
    elif line:
        while end > start and not lines[end - 1].strip():
            end -= 1
        lines.insert(end, line)
    return "\n".join(lines)


def _literal(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "[" + ", ".join(_literal(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
