"""The app in a real browser: ask, click the citation, land on the provision, on a desk and on a phone."""

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

from tiaowen import build
from tiaowen import wording as core
from tiaowen.ui import wording

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUESTION = "密切接触未成年人的单位发现孩子疑似被性侵，要向谁报告，多久之内？"
PLACE_SHOWN = "wanted => [...document.querySelectorAll('.stSelectbox input')].some(i => i.value === wanted)"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not Path(CHROMIUM).exists():
        pytest.skip("浏览器测试已跳过：没有 chromium（apt install chromium fonts-noto-cjk）")
    pytest.importorskip("playwright.sync_api", reason="浏览器测试已跳过：没有 playwright（pip install -r requirements-dev.txt）")
    index = tmp_path_factory.mktemp("browser") / "index"
    build.ingest(ROOT / "corpus", index)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TIAOWEN_INDEX": str(index)},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(health: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(health, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the app did not come up: {health}")


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield browser
        browser.close()


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, chromium: Any, address: str) -> Iterator[Any]:
    """A page that must end without console errors and without a request to anywhere but the app."""
    width, height = SIZES[request.param]
    phone = request.param == "phone"
    context = chromium.new_context(viewport={"width": width, "height": height}, is_mobile=phone, has_touch=phone)
    page = context.new_page()
    page.set_default_timeout(30_000)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda sent: errors.append(f"went outside: {sent.url}") if _outside(sent.url, address) else None)
    yield page
    assert errors == []
    context.close()


def _outside(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:"))


def put(page: Any, question: str) -> None:
    box = page.get_by_label(wording.QUESTION)
    box.fill(question)
    box.press("Enter")
    page.locator(".tw-asked", has_text=question[:10]).wait_for()


IN_VIEW = """selector => {
  const top = document.querySelector(selector)?.getBoundingClientRect().top;
  return top !== undefined && top > -2 && top < innerHeight - 100;
}"""


def rests(page: Any, selector: str) -> None:
    """Wait until the top of an element stands inside the window and stays there."""
    page.wait_for_function(IN_VIEW, arg=selector)
    page.wait_for_timeout(2_000)
    page.wait_for_function(IN_VIEW, arg=selector)


def fits(page: Any) -> None:
    """No sideways scrolling."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert page.evaluate("(e => e.scrollWidth <= e.clientWidth + 1)(document.querySelector('.stMain'))")


def test_ask_click_the_citation_land_on_the_provision_and_go_back(page: Any, address: str) -> None:
    page.goto(address)
    put(page, QUESTION)
    page.locator("[data-testid=stPageLink] a", has_text="第五十五条").first.wait_for()
    assert page.locator(".tw-safety").bounding_box()["y"] < page.locator(".tw-message").bounding_box()["y"]
    assert page.locator(".tw-badge", has_text=core.STATUS["draft_superseded"]).first.is_visible()
    fits(page)
    page.locator("[data-testid=stPageLink] a", has_text="第五十五条").first.click()
    rests(page, "#art_55.tw-target")
    assert "doc=hunan-measures-draft" in page.url and "第五十五条" in page.title()
    fits(page)
    page.go_back()
    page.locator(".tw-asked", has_text=QUESTION).wait_for()


@pytest.mark.parametrize("eid", ["art_64", "art_4__para_1__item_2"])
def test_a_link_from_outside_lands_on_the_provision(page: Any, address: str, eid: str) -> None:
    page.goto(f"{address}/?doc=hunan-measures-draft&eid={eid}")
    rests(page, f"#{eid}.tw-target")
    fits(page)


def test_outline_leads_to_an_article(page: Any, address: str) -> None:
    page.goto(f"{address}/?doc=hunan-measures-draft")
    page.locator("#art_30").wait_for()
    if page.viewport_size["width"] < 500:
        page.locator("summary", has_text=wording.OUTLINE).click()
        page.locator(".tw-narrow a", has_text="第三十条").click()
    else:
        page.locator("[data-testid=stSidebar] .tw-outline a", has_text="第三十条").click()
    rests(page, "#art_30")


def test_citation_can_be_copied(page: Any, address: str) -> None:
    page.goto(f"{address}/?doc=jincheng-plan-2021&eid=l1_2__l2_4__l3_9")
    rests(page, ".tw-target")
    button = page.locator(".tw-landed button", has_text=wording.COPY_CITATION)
    assert core.STATUS["issued"] in button.get_attribute("data-copy")
    button.click()
    page.locator(".tw-landed button", has_text=wording.COPIED).wait_for()


def test_refusal_and_markup(page: Any, address: str) -> None:
    page.goto(address)
    put(page, "湖南办法第九十条")
    page.locator(".tw-not_found", has_text=wording.REASON["no_such_provision"]).wait_for()
    fits(page)
    put(page, "<img src=x onerror=document.title='hit'>娃被打了怎么办")
    page.locator(".tw-safety").wait_for()
    assert page.locator(".tw-asked img").count() == 0 and page.title() != "hit"


def test_place_is_kept_for_the_next_visit(page: Any, address: str) -> None:
    page.goto(f"{address}/?region=湖南省/长沙市")
    page.wait_for_function(PLACE_SHOWN, arg="湖南省 长沙市")
    page.wait_for_function("document.cookie.includes('tiaowen_region')")
    page.goto(address)
    page.wait_for_function(PLACE_SHOWN, arg="湖南省 长沙市")


def test_place_can_be_found_by_typing(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_label(wording.PLACE).click()
    page.keyboard.type("壤塘")
    page.get_by_role("option", name="壤塘县").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('region=') && document.cookie.includes('tiaowen_region')")


def test_printing_shows_the_answer_without_the_controls(page: Any, address: str) -> None:
    page.goto(address)
    put(page, QUESTION)
    page.locator(".tw-words").first.wait_for()
    page.emulate_media(media="print")
    assert page.locator(".tw-words").first.is_visible() and page.locator(".tw-safety").is_visible()
    assert not page.locator("[data-testid=stForm]").is_visible()
