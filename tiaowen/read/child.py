"""The other side of `isolated`: `python -m tiaowen.read.child NAME` reads standard input, writes JSON lines.

A line is {"step": seconds} while it works, then one {"reading": …} or {"error": sentence}. Limits are set before a reader runs.
"""

import contextlib
import json
import os
import sys
from typing import Any

from tiaowen.errors import ReadError
from tiaowen.model import to_builtins
from tiaowen.read import limits
from tiaowen.read.reader import read_bytes

TOO_MUCH = "{name}：读取这个文件需要的内存或空间超出限制，已停止读取，请核实来源，或另存为 docx、txt 再试。"
BROKEN = "{name}：文件结构异常，读不了，请用 Word、WPS 或浏览器打开后另存为 docx 或 txt 再试。"


def main(name: str) -> int:
    """Read one file; the exit status is 0 also where the outcome is a sentence."""
    os.environ["OMP_NUM_THREADS"] = os.environ.get("OMP_NUM_THREADS", "2")
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what a library prints does not reach the parent

    def tell(message: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError):
            out.write(json.dumps(message) + "\n")
            out.flush()

    tell(_outcome(name, lambda seconds: tell({"step": seconds})))
    return 0


def _outcome(name: str, step: limits.Step) -> dict[str, Any]:
    try:
        limits.set_limits()
        data = sys.stdin.buffer.read(limits.FILE + 1)
        return {"reading": to_builtins(read_bytes(data, name=name, step=step))}
    except ReadError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_MUCH.format(name=name)}
    except Exception as error:
        return {"error": (TOO_MUCH if _out_of_room(error) else BROKEN).format(name=name)}


def _out_of_room(error: BaseException | None) -> bool:
    while error:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "?"))
