"""What the browser tests share: the app served once, a page that watches for errors, and waits in the place of looks."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tiaowen.ui import wording

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
SECONDS = 90  # how long anything is waited for: a busy machine is slow, not wrong
RESTING = """([selector, seconds]) => {
  const top = document.querySelector(selector)?.getBoundingClientRect().top;
  const before = window.testRests, inside = top !== undefined && top > -2 && top < innerHeight - 100;
  if (!inside || before?.selector !== selector || Math.abs(before.top - top) > 2) {
    window.testRests = { selector, top: inside ? top : NaN, since: performance.now() };
    return false;
  }
  return performance.now() - before.since > 1000 * seconds;
}"""
FITTING = """() => {
  const main = document.querySelector('.stMain');
  return document.documentElement.scrollWidth <= innerWidth + 1 && main && main.scrollWidth <= main.clientWidth + 1;
}"""


@pytest.fixture(scope="session")
def address(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the shipped corpus, served once for all browser tests of a process."""
    if not Path(CHROMIUM).exists():
        pytest.skip("浏览器测试已跳过：没有 chromium（apt install chromium fonts-noto-cjk）")
    pytest.importorskip("playwright.sync_api", reason="浏览器测试已跳过：没有 playwright（pip install -r requirements-dev.txt）")
    said = tmp_path_factory.mktemp("served") / "log.txt"
    with said.open("wb") as log:
        for _ in range(3):  # another program may take the free port first
            port = _free_port()
            server = _serve(port, index, log)
            if _is_up(server, f"http://127.0.0.1:{port}/_stcore/health"):
                break
            _end(server)
        else:
            pytest.fail(f"the app did not come up: {said.read_text(encoding='utf-8')[-2000:]}")
    yield f"http://127.0.0.1:{port}"
    _end(server)


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _serve(port: int, index: Path, log: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TIAOWEN_INDEX": str(index)}, stdout=log, stderr=subprocess.STDOUT)


def _is_up(server: subprocess.Popen[bytes], health: str) -> bool:
    ends = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < ends:
        try:
            with urllib.request.urlopen(health, timeout=5) as answer:
                if answer.status == 200:
                    return server.poll() is None
        except OSError:
            time.sleep(0.25)
    return False


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Any]:
    """A browser for the tests of a module: Playwright's loop must not live on under the tests of other modules."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=1000 * SECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
            timeout=1000 * SECONDS)
        yield browser
        browser.close()


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, chromium: Any, address: str) -> Iterator[Any]:
    """A page that must end without console errors and without a request to anywhere but the app."""
    width, height = SIZES[request.param]
    phone = request.param == "phone"
    context = chromium.new_context(viewport={"width": width, "height": height}, is_mobile=phone, has_touch=phone)
    page = context.new_page()
    page.set_default_timeout(1000 * SECONDS)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" and not _probes(message) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda sent: errors.append(f"went outside: {sent.url}") if _outside(sent.url, address) else None)
    yield page
    found = list(errors)
    context.close()
    assert found == []


def _probes(message: Any) -> bool:
    """Streamlit looks for its server under the address of each page first: a 404 of its own, not of the app."""
    return str(message.location["url"]).endswith(("/_stcore/health", "/_stcore/host-config"))


def _outside(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:"))


def put(page: Any, question: str) -> None:
    """Ask a question and wait until its result begins."""
    box = page.get_by_label(wording.QUESTION)
    box.fill(question)
    box.press("Enter")
    shows(page.locator(".tw-asked", has_text=question[:10]))


def shows(place: Any) -> None:
    """Wait until something is seen."""
    from playwright.sync_api import expect

    expect(place).to_be_visible()


def hides(place: Any) -> None:
    """Wait until something is not seen, or not there."""
    from playwright.sync_api import expect

    expect(place).to_be_hidden()


def counts(place: Any, number: int) -> None:
    """Wait until there are so many of something."""
    from playwright.sync_api import expect

    expect(place).to_have_count(number)


def at(page: Any, words: str) -> None:
    """Wait until the address holds these words."""
    page.wait_for_function("words => decodeURIComponent(location.href).includes(words)", arg=words)


def rests(page: Any, selector: str) -> None:
    """Wait until the top of an element stands inside the window and has stayed where it is for two seconds."""
    page.wait_for_function(RESTING, arg=[selector, 2], polling=100)


def fits(page: Any) -> None:
    """Wait until nothing can be scrolled sideways."""
    page.wait_for_function(FITTING)
