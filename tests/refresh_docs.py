"""Put what the program prints into README and docs: python -m tests.refresh_docs (after `python ingest.py`)."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_EXAMPLE = re.compile(r"```sh\n(\.venv/bin/python -m tiaowen [^\n]+)\n```((?:(?!```).)*)```(json|text)\n(.*?)```", re.DOTALL)


def printed(command: str) -> str:
    """Return what a documented command prints."""
    words = shlex.split(command)[3:]
    done = subprocess.run([sys.executable, "-m", "tiaowen", *words], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.rstrip("\n")


def shortened(value: Any) -> Any:
    """Lists of objects by their first entry: an example shows the keys, not the whole answer."""
    if isinstance(value, dict):
        return {key: shortened(inner) for key, inner in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [shortened(value[0])]
    return value


def example(match: re.Match[str]) -> str:
    """Return a command block and its output block, the output made anew."""
    command, between, language, old = match.groups()
    out = printed(command)
    if language == "json":
        rows = [json.loads(line) for line in out.splitlines()]
        wanted = json.loads(old).get("id")
        row = next((r for r in rows if r.get("id") == wanted), rows[0])
        out = json.dumps(shortened(row), ensure_ascii=False, indent=1)
    return f"```sh\n{command}\n```{between}```{language}\n{out}\n```"


def main() -> None:
    """Refresh the pages."""
    for name in ("README.md", "README.zh-CN.md", "docs/commands.md"):
        path = ROOT / name
        path.write_text(_EXAMPLE.sub(example, path.read_text(encoding="utf-8")), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
