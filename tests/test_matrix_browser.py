"""条文比对 and 差异与空白 in a real browser: from a list to a comparison to the provision and back; on paper A4 landscape."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.browsing import at, fits, hides, rests, shows
from tiaowen import wording as core
from tiaowen.ui import wording

pytestmark = pytest.mark.browser


def test_from_the_list_to_a_cell_to_the_provision_and_back(page: Any, address: str) -> None:
    page.goto(f"{address}/compare")
    page.locator(".tw-topics a", has_text="强制报告").first.click()
    shows(page.locator(".tw-cell-row").nth(4))
    fits(page)
    at(page, "topic=")
    shows(page.locator(".tw-difference mark").first)
    page.locator(".tw-cite-line a").first.click()
    rests(page, ".tw-target")
    page.go_back()
    shows(page.locator(".tw-cell-row").nth(4))


def test_an_empty_cell_names_the_nearest_provision(page: Any, address: str) -> None:
    page.goto(f"{address}/compare?topic={quote('手机管理')}")
    silent = page.locator(".tw-cell-silent").first
    shows(silent)
    assert core.SILENT in silent.inner_text() and wording.NEAREST_HERE in silent.inner_text()
    fits(page)


def test_typing_a_topic(page: Any, address: str) -> None:
    page.goto(f"{address}/compare")
    box = page.get_by_label(wording.TOPIC)
    box.fill("学生欺凌")
    box.press("Enter")
    shows(page.locator(".tw-topic", has_text="学生欺凌").first)
    at(page, "topic=")


def test_the_excel_file_is_handed_over(page: Any, address: str) -> None:
    page.goto(f"{address}/compare?topic={quote('强制报告')}")
    shows(page.locator(".tw-cells"))
    with page.expect_download() as given:
        page.locator(".st-key-compare-excel button").click()
    assert given.value.suggested_filename.endswith(".xlsx") and given.value.path().read_bytes()[:2] == b"PK"


def test_gaps_fit_the_window_and_lead_to_a_topic(page: Any, address: str) -> None:
    page.goto(f"{address}/gaps")
    shows(page.locator(".tw-gaps"))
    fits(page)
    page.locator(".tw-gaps tbody th a", has_text="学生欺凌").first.click()
    shows(page.locator(".tw-cells"))


@pytest.mark.parametrize("where", ["compare?topic=" + quote("强制报告"), "gaps"])
def test_on_paper_it_is_a4_landscape(page: Any, address: str, where: str) -> None:
    page.goto(f"{address}/{where}")
    shows(page.locator(".tw-cells, .tw-gaps").first)
    page.emulate_media(media="print")
    hides(page.locator(".tw-directory"))
    hides(page.locator(".st-key-compare-tools"))
    page.wait_for_function("[...document.querySelectorAll('style')].some(s => s.textContent.includes('size: A4 landscape'))")
