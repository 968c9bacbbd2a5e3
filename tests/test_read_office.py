"""Older office files go through LibreOffice where it is installed; where it is not, one sentence says what to do."""

import subprocess
from pathlib import Path

import pytest

from tests import making
from tiaowen.errors import ReadError
from tiaowen.read import isolated, limits, office
from tiaowen.read.reader import read_bytes

RTF = b"{\\rtf1\\ansi\\uc0 \\u31532 \\u19968 \\u26465   A\\par \\u31532 \\u20108 \\u26465   B\\par}"
LINES = ["第一条　学校应当立即报告。", "第二条　医院应当立即报告。"]
NEEDS_OFFICE = pytest.mark.skipif(office.found() is None, reason="没有 LibreOffice（apt install libreoffice-writer-nogui）")


def test_without_libreoffice_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "found", lambda: None)
    with pytest.raises(ReadError, match=r"^a\.doc：[^\n]*安装 LibreOffice[^\n]*另存为 docx[^\n]*。$"):
        read_bytes(RTF, name="a.doc")


def test_a_program_that_stands_still_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "found", lambda: str(program))
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 5.5)
    monkeypatch.setattr(limits, "allow_more_memory", lambda: None)
    with pytest.raises(ReadError, match="没有读完"):
        read_bytes(RTF, name="a.doc")


@pytest.mark.nightly
@NEEDS_OFFICE
def test_a_doc_an_rtf_and_an_odt_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(making.docx(LINES))
    for form in ("doc", "rtf", "odt"):
        subprocess.run([str(office.found()), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", form, "--outdir",
                        str(tmp_path), str(tmp_path / "a.docx")], capture_output=True, timeout=120, check=True)
        assert isolated.read(tmp_path / f"a.{form}").text.split() == " ".join(LINES).split(), form
    (tmp_path / "b.wps").write_bytes((tmp_path / "a.doc").read_bytes())
    assert isolated.read(tmp_path / "b.wps").text.split() == " ".join(LINES).split()


@pytest.mark.nightly
@NEEDS_OFFICE
def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / "a.doc").write_bytes(RTF)
    assert isolated.read(tmp_path / "a.doc").text.split() == ["第一条", "A", "第二条", "B"]
    assert list((tmp_path / "tmp").iterdir()) == []
