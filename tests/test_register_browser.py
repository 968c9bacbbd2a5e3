"""义务清单 and 我的职责 in a real browser: filter, follow a citation and come back, export, print; on a desk and on a phone."""

from typing import Any

import pytest

from tests.browsing import at, counts, fits, hides, rests, shows
from tiaowen.ui import wording

pytestmark = pytest.mark.browser


def test_filter_follow_a_citation_and_come_back(page: Any, address: str) -> None:
    page.goto(f"{address}/register?role=village&limit=number")
    shows(page.locator(".tw-register td", has_text="一个月内").first)
    fits(page)
    page.locator(".tw-c-basis a").first.click()
    rests(page, ".tw-target")
    page.go_back()
    shows(page.locator(".tw-register td", has_text="一个月内").first)
    at(page, "role=village")


def test_a_page_turns_and_starts_at_its_head(page: Any, address: str) -> None:
    page.goto(f"{address}/register")
    page.get_by_role("button", name=wording.NEXT).click()
    shows(page.get_by_text(wording.PAGE_OF.split("，")[0].format(page=2)))
    page.get_by_role("button", name=wording.NEXT).click()
    shows(page.get_by_text(wording.PAGE_OF.split("，")[0].format(page=3)))
    rests(page, ".tw-count")
    counts(page.locator(".tw-register tr.tw-of ~ tr"), 20)


def test_excel_is_handed_over(page: Any, address: str) -> None:
    page.goto(f"{address}/register?role=village")
    with page.expect_download() as given:
        page.locator(".st-key-register-excel button").click()
    assert given.value.suggested_filename.endswith(".xlsx")
    assert given.value.path().read_bytes()[:2] == b"PK"


def test_mine_is_shown_kept_and_printed(page: Any, address: str) -> None:
    page.goto(f"{address}/mine?region=湖南省/长沙市")
    page.locator(".tw-roles a", has_text="儿童主任").click()
    shows(page.locator(".tw-guided"))
    shows(page.locator(".tw-group", has_text="你所在地"))
    counts(page.locator(".tw-maybe"), 0)
    fits(page)
    page.emulate_media(media="print")
    shows(page.locator(".tw-on-paper"))
    shows(page.locator(".tw-register").first)
    hides(page.locator(".tw-print"))
