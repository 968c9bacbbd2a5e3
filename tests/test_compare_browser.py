"""文字同源, 并排对照 and 我的草案 in a real browser, on a desk and on a phone: follow a link, upload, export, print."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.drafts import DRAFT
from tests.test_browser import SIZES, address, chromium, fits, rests
from tiaowen import wording as core
from tiaowen.ui import wording

__all__ = ["address", "chromium"]
pytestmark = pytest.mark.browser
KIN = "a=national-opinions-2021&b=rangtang-opinions-2022"


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Any]:
    width, height = SIZES[request.param]
    phone = request.param == "phone"
    context = chromium.new_context(viewport={"width": width, "height": height}, is_mobile=phone, has_touch=phone)
    page = context.new_page()
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
    context.close()


def test_the_picture_leads_to_the_provision(page: Any, address: str) -> None:
    page.goto(f"{address}/kinship?{KIN}")
    box = page.locator(".tw-box.tw-left", has_text="有效落实强制报告制度")
    box.wait_for()
    fits(page)
    lines = page.locator(".tw-columns img")
    assert lines.evaluate("image => image.complete && image.naturalWidth > 0"), "the lines are drawn"
    assert lines.bounding_box()["height"] > 1000
    box.click()
    rests(page, ".tw-target")
    assert "rangtang-opinions-2022" in page.url


def test_table_links_to_the_two_provisions(page: Any, address: str) -> None:
    page.goto(f"{address}/kinship?{KIN}&view=table")
    page.locator(".tw-sides a", has_text=wording.PAGE_SIDES).first.wait_for()
    fits(page)
    page.locator(".tw-sides a", has_text=wording.PAGE_SIDES).nth(10).click()
    page.locator(".tw-sides ins").first.wait_for()
    assert page.locator(".tw-sides tbody tr").count() == 1
    fits(page)


def test_two_documents_and_their_table(page: Any, address: str) -> None:
    page.goto(f"{address}/sides?{KIN}")
    page.locator(".tw-sides del", has_text="事件").first.wait_for()
    fits(page)
    with page.expect_download() as given:
        page.locator(".st-key-sides-docx button").click()
    assert given.value.suggested_filename.endswith(".docx") and given.value.path().read_bytes()[:2] == b"PK"


def test_a_draft_is_uploaded_compared_and_exported(page: Any, address: str, tmp_path: Path) -> None:
    file = tmp_path / "条例.txt"
    file.write_text(DRAFT, encoding="utf-8")
    page.goto(f"{address}/draft?parent=hunan-measures-draft")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=wording.DRAFT_START).click()
    page.locator(".tw-article.tw-wrong").first.wait_for()
    assert page.locator(".tw-article").count() == 7
    assert page.locator(".tw-findings", has_text="罚款幅度超出上位文件").count() == 1
    fits(page)
    with page.expect_download() as given:
        page.locator(".st-key-draft-basis-xlsx button").click()
    assert core.TABLES["basis"] in given.value.suggested_filename


def test_it_prints_on_a_landscape_page(page: Any, address: str) -> None:
    page.goto(f"{address}/sides?{KIN}")
    page.locator(".tw-sides ins").first.wait_for()
    page.emulate_media(media="print")
    assert page.locator(".tw-sides").is_visible() and not page.locator(".stSelectbox").first.is_visible()
    paper = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841" in paper, "wider than high"
