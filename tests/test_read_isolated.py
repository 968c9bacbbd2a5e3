"""A file read in a process of its own: the same text, limits that hold, a child that is never left behind."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import making
from tests.support import write_corpus
from tiaowen.errors import ReadError
from tiaowen.parse.source import load, text_of
from tiaowen.read import child, isolated, limits

LINES = ["第一条　学校应当立即报告。", "第二条　医院应当立即报告。"]


@pytest.mark.parametrize(("name", "data"), [
    ("a.docx", making.docx(LINES)), ("a.html", making.page_of_site(LINES)), ("a.txt", "\n".join(LINES).encode("gb18030")),
    ("a.md", "\n".join(LINES).encode()), ("a.doc", making.docx(LINES)), ("a.txt", making.page_of_site(LINES)),
    ("a.ofd", making.ofd([[(30, 30, LINES[0]), (30, 40, LINES[1])]])),
], ids=lambda value: value if isinstance(value, str) else "")
def test_the_same_text_apart_and_in_this_process(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = isolated.read(path)
    assert [line for line in found.text.splitlines() if line] == LINES
    assert text_of(path, data) == found.text


def test_a_corpus_may_hold_word_files(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, {"some-law": ('title = "某办法"', "")})
    (corpus / "some-law" / "meta.toml").write_text('file = "a.docx"\ntitle = "某办法"\n', encoding="utf-8")
    (corpus / "some-law" / "a.docx").write_bytes(making.docx(LINES))
    assert load(corpus / "some-law").raw.splitlines() == LINES


def outcome(script: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """What is said when the child is this script."""
    (tmp_path / "a.txt").write_text("第一条", encoding="utf-8")
    real = subprocess.Popen
    monkeypatch.setattr(isolated.subprocess, "Popen", lambda command, **more: real([sys.executable, "-c", script], **more))
    with pytest.raises(ReadError) as caught:
        isolated.read(tmp_path / "a.txt")
    return str(caught.value)


@pytest.mark.parametrize(("script", "says"), [
    ("import os; os.abort()", "中断"), ("import os; os.kill(os.getpid(), 9)", "中断"), ("print('no json')", "中断"), ("print('[1]')", "中断"),
    ("print('{\"reading\": {\"text\": 3}}')", "中断"), ("", "中断"), ("print('{\"error\": \"a.txt：坏。\"}')", "坏"),
])
def test_whatever_the_child_does_is_one_sentence(script: str, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    message = outcome(script, monkeypatch, tmp_path)
    assert message.startswith("a.txt：")
    assert says in message


def test_a_child_that_stands_still_is_ended_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "PAGE_SECONDS", 0.5)
    script = (f"import subprocess, sys, time\ninner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
              f"open({str(tmp_path / 'pid')!r}, 'w').write(str(inner.pid))\nprint('{{\"step\": 60}}', flush=True)\ntime.sleep(60)")
    assert "没有进展" in outcome(script, monkeypatch, tmp_path)
    if os.name == "posix":
        pid = int((tmp_path / "pid").read_text())
        ends = time.monotonic() + 60
        while is_running(pid) and time.monotonic() < ends:
            time.sleep(0.1)
        assert not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_child_that_goes_on_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "TOTAL_SECONDS", 0.5)
    assert "时间太长" in outcome("import time\nwhile True: print('{\"step\": 9}', flush=True); time.sleep(.1)", monkeypatch, tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="address space is bounded on Linux only")
def test_memory_is_bounded() -> None:
    script = "import mmap; from tiaowen.read import limits; limits.set_limits(); {}mmap.mmap(-1, limits.MEMORY)"
    assert "Cannot allocate memory" in _python(script.format("")).stderr
    assert _python(script.format("limits.allow_more_memory(); ")).returncode == 0


def _python(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(child.__file__).parents[2])


@pytest.mark.parametrize("error", [MemoryError(), RecursionError(), ValueError("x"), KeyError("y")])
def test_what_a_reader_did_not_foresee_is_one_sentence(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(child, "read_bytes", fails)
    monkeypatch.setattr(limits, "set_limits", lambda: None)
    monkeypatch.setattr(child.sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    said = child._outcome("a.pdf", limits.no_step)["error"]
    assert said.startswith("a.pdf：")
    assert ("内存" in said) == isinstance(error, MemoryError)


def test_the_name_in_a_message_is_one_short_line() -> None:
    assert isolated.shown_name(Path("a\n\x1b[31mb.txt")) == "a??[31mb.txt"
    assert len(isolated.shown_name(Path("文" * 300 + ".docx"))) <= 80
    assert isolated.shown_name(Path("文" * 300 + ".docx")).endswith(".docx")
