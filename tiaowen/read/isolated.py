"""A file given by a user is read in a process of its own, with limits on time, memory and size.

Guarantees: returns a `Reading` or raises ReadError with one sentence, whatever the file does; no child is left behind.
"""

import contextlib
import json
import os
import queue
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

import msgspec

from tiaowen.errors import ReadError
from tiaowen.read import limits
from tiaowen.read.reader import refuse_large
from tiaowen.read.reading import Reading

SLOW = "{name}：读取时超过 {seconds:.0f} 秒没有进展，已停止，文件可能有问题，请另存为 docx 或 txt 再试。"
LONG = "{name}：读取时间太长，已停止，请拆分后再试。"
CRASHED = "{name}：读取时出错中断，文件可能已损坏或需要的内存超出限制，请另存为 docx 或 txt 再试。"
_PACKAGE = Path(__file__).resolve().parents[2]
_LONGEST_LINE = 12 * limits.CHARACTERS + limits.MEBIBYTE
_LONGEST_NAME = 80
_START_SECONDS = 30.0  # until the first word of the child: Python starts, on a busy machine


def read(path: Path) -> Reading:
    """Return what the file says; raises ReadError, also for a folder, a link, a pipe or a missing file."""
    name = shown_name(path)
    with _opened(path, name) as file:
        child = _start(name, file)
        try:
            return _outcome(child, name)
        finally:
            _end(child)


def shown_name(path: Path) -> str:
    """Return a file's name as a message may print it: one line, of bearable length."""
    name = "".join(char if char.isprintable() else "?" for char in path.name) or str(path)
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 20] + "…" + name[-19:]


def _opened(path: Path, name: str) -> IO[bytes]:
    """The open file: never a link, a folder, a pipe or a device, not even when exchanged in between."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        _ordinary(os.lstat(path), name)
        handle = os.open(path, flags)
    except FileNotFoundError:
        raise ReadError(f"{name}：找不到这个文件，请核对路径。") from None
    except (OSError, ValueError):
        raise ReadError(f"{name}：打不开这个文件，请核对路径和读取权限。") from None
    try:
        found = os.fstat(handle)
        _ordinary(found, name)
        if found.st_size == 0:
            raise ReadError(f"{name}：文件是空的，请重新取得文件。")
        refuse_large(found.st_size, name)
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def _ordinary(found: os.stat_result, name: str) -> None:
    if stat.S_ISLNK(found.st_mode):
        raise ReadError(f"{name}：是链接，不是文件本身，请直接给出它指向的文件。")
    if stat.S_ISDIR(found.st_mode):
        raise ReadError(f"{name}：是文件夹，请给出里面的文件。")
    if not stat.S_ISREG(found.st_mode):
        raise ReadError(f"{name}：不是普通文件，请给出 docx、pdf、txt 等文件。")


def _start(name: str, file: IO[bytes]) -> subprocess.Popen[bytes]:
    paths = [str(_PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
    try:
        return subprocess.Popen([sys.executable, "-m", "tiaowen.read.child", name], stdin=file, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, env=environment, start_new_session=os.name == "posix")
    except OSError:
        raise ReadError(f"{name}：系统内存或进程数不足，没能开始读取，请稍后再试。") from None


def _outcome(child: subprocess.Popen[bytes], name: str) -> Reading:
    """Listen until the child has said its last word, is late, or is gone."""
    lines: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(child.stdout, lines), daemon=True).start()
    began, allowed, ends = time.monotonic(), _START_SECONDS, limits.TOTAL_SECONDS
    while True:
        try:
            line = lines.get(timeout=allowed)
        except queue.Empty:
            raise ReadError(SLOW.format(name=name, seconds=allowed)) from None
        message = _message(line)
        if message is None:
            raise ReadError(CRASHED.format(name=name))
        if "step" not in message:
            return _reading(message, name)
        allowed = min(float(message["step"]), limits.PAGE_SECONDS)
        ends = max(ends, limits.SCANS * limits.PAGE_SECONDS if allowed > limits.STEP_SECONDS else 0.0)
        if time.monotonic() - began > ends:
            raise ReadError(LONG.format(name=name))


def _listen(pipe: IO[bytes] | None, lines: "queue.Queue[bytes]") -> None:
    with contextlib.suppress(OSError, ValueError):
        while pipe and (line := pipe.readline(_LONGEST_LINE)):
            lines.put(line)
    lines.put(b"")


def _message(line: bytes) -> dict[str, Any] | None:
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def _reading(message: dict[str, Any], name: str) -> Reading:
    if isinstance(message.get("error"), str):
        raise ReadError(message["error"])
    try:
        return msgspec.convert(message.get("reading"), Reading)
    except msgspec.ValidationError:
        raise ReadError(CRASHED.format(name=name)) from None


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and what it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    elif child.poll() is None:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False)
    child.kill()
    child.wait()
    if child.stdout:
        child.stdout.close()
