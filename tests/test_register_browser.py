"""义务清单 and 我的职责 in a real browser: filter, follow a citation and come back, export, print; on a desk and on a phone."""

from typing import Any

import pytest

from tests.test_browser import SIZES, address, chromium, fits, rests
from tiaowen.ui import wording

__all__ = ["address", "chromium"]
pytestmark = pytest.mark.browser


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, chromium: Any) -> Any:
    width, height = SIZES[request.param]
    phone = request.param == "phone"
    context = chromium.new_context(viewport={"width": width, "height": height}, is_mobile=phone, has_touch=phone)
    page = context.new_page()
    page.set_default_timeout(30_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
    context.close()


def test_filter_follow_a_citation_and_come_back(page: Any, address: str) -> None:
    page.goto(f"{address}/register?role=village&limit=number")
    page.locator(".tw-register td", has_text="一个月内").first.wait_for()
    fits(page)
    page.locator(".tw-c-basis a").first.click()
    rests(page, ".tw-target")
    page.go_back()
    page.locator(".tw-register td", has_text="一个月内").first.wait_for()
    assert "role=village" in page.url


def test_a_page_turns_and_starts_at_its_head(page: Any, address: str) -> None:
    page.goto(f"{address}/register")
    page.get_by_role("button", name=wording.NEXT).click()
    page.get_by_text(wording.PAGE_OF.split("，")[0].format(page=2)).wait_for()
    page.get_by_role("button", name=wording.NEXT).click()
    page.get_by_text(wording.PAGE_OF.split("，")[0].format(page=3)).wait_for()
    rests(page, ".tw-count")
    assert page.locator(".tw-register tr.tw-of ~ tr").count() == 20


def test_excel_is_handed_over(page: Any, address: str) -> None:
    page.goto(f"{address}/register?role=village")
    with page.expect_download() as given:
        page.locator(".st-key-register-excel button").click()
    assert given.value.suggested_filename.endswith(".xlsx")
    assert given.value.path().read_bytes()[:2] == b"PK"


def test_mine_is_shown_kept_and_printed(page: Any, address: str) -> None:
    page.goto(f"{address}/mine?region=湖南省/长沙市")
    page.locator(".tw-roles a", has_text="儿童主任").click()
    page.locator(".tw-guided").wait_for()
    assert page.locator(".tw-maybe").count() == 0
    assert page.locator(".tw-group", has_text="你所在地").is_visible()
    fits(page)
    page.emulate_media(media="print")
    assert page.locator(".tw-on-paper").is_visible() and page.locator(".tw-register").first.is_visible()
    assert not page.locator(".tw-print").is_visible()
