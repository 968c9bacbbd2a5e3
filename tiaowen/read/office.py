"""Word files before 2007, WPS, RTF and ODT: LibreOffice, where it is installed, turns them into docx; it runs without window, macros or net.

Guarantees: LibreOffice sees a copy, in a folder and with a profile of its own that are removed afterwards.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from tiaowen.errors import ReadError
from tiaowen.read import limits, sniff
from tiaowen.read.docx import read_docx
from tiaowen.read.limits import Step, no_step
from tiaowen.read.reading import Reading

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice",
           r"C:\Program Files\LibreOffice\program\soffice.com", r"C:\Program Files (x86)\LibreOffice\program\soffice.com")
_SPARE_SECONDS = 5  # for the sentence to be said before the parent gives up
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read_office(data: bytes, *, name: str, step: Step = no_step) -> Reading:
    """Return the text of an older office file; raises ReadError, also where LibreOffice is not installed."""
    program = found()
    if program is None:
        raise ReadError(f"{name}：这种格式要借助 LibreOffice 读取，请先安装 LibreOffice，或用 Word、WPS 打开后另存为 docx 再试。")
    step(limits.OFFICE_SECONDS)
    limits.allow_more_memory()
    with tempfile.TemporaryDirectory(prefix="tiaowen-", ignore_cleanup_errors=True) as folder:
        converted = _converted(program, data, Path(folder), name)
    step(limits.STEP_SECONDS)
    if sniff.kind_of(converted, name=name) != sniff.DOCX:
        raise ReadError(_broken(name))
    return read_docx(converted, name=name)


def found() -> str | None:
    """Return the path of LibreOffice's program, None where it is not installed."""
    named = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    return named or next((place for place in _PLACES if os.path.isfile(place)), None)


def _broken(name: str) -> str:
    return f"{name}：LibreOffice 读不了这个文件，可能已损坏或有密码，请用 Word、WPS 打开后另存为 docx 再试。"


def _converted(program: str, data: bytes, folder: Path, name: str) -> bytes:
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source, made = folder / "in.doc", folder / "out" / "in.docx"
    source.write_bytes(data)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
               "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made.parent), str(source)]
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
                             env=environment)
    try:
        child.wait(limits.OFFICE_SECONDS - _SPARE_SECONDS)
    except subprocess.TimeoutExpired:
        raise ReadError(f"{name}：LibreOffice 超过 {limits.OFFICE_SECONDS:.0f} 秒没有读完，已停止，请用 Word、WPS 打开后另存为 docx 再试。") from None
    finally:
        _end(child)
    try:
        if made.stat().st_size > limits.FILE:
            raise ReadError(f"{name}：文件太大，请拆分后再试。")
        return made.read_bytes()
    except FileNotFoundError:
        raise ReadError(_broken(name)) from None


def _end(child: subprocess.Popen[bytes]) -> None:
    """LibreOffice is a starter and a program: the group of this process is ended by `isolated`, here the starter is."""
    if child.poll() is None:
        with suppress(OSError):
            child.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            child.wait(2)
        child.kill()
        child.wait()
