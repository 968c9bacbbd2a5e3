"""文字同源, 并排对照 and 我的草案 in a real browser, on a desk and on a phone: follow a link, upload, export, print."""

from pathlib import Path
from typing import Any

import pytest

from tests.browsing import at, counts, fits, hides, rests, shows
from tests.drafts import DRAFT
from tiaowen import wording as core
from tiaowen.ui import wording

pytestmark = pytest.mark.browser
KIN = "a=national-opinions-2021&b=rangtang-opinions-2022"
LINES_DRAWN = """() => {
  const image = document.querySelector(".tw-columns img");
  return image?.complete && image.naturalWidth > 0 && image.getBoundingClientRect().height > 1000;
}"""


def test_the_picture_leads_to_the_provision(page: Any, address: str) -> None:
    page.goto(f"{address}/kinship?{KIN}")
    box = page.locator(".tw-box.tw-left", has_text="有效落实强制报告制度")
    shows(box)
    fits(page)
    page.wait_for_function(LINES_DRAWN)
    box.click()
    rests(page, ".tw-target")
    at(page, "doc=rangtang-opinions-2022")


def test_table_links_to_the_two_provisions(page: Any, address: str) -> None:
    page.goto(f"{address}/kinship?{KIN}&view=table")
    shows(page.locator(".tw-sides a", has_text=wording.PAGE_SIDES).first)
    fits(page)
    page.locator(".tw-sides a", has_text=wording.PAGE_SIDES).nth(10).click()
    shows(page.locator(".tw-sides ins").first)
    counts(page.locator(".tw-sides tbody tr"), 1)
    fits(page)


def test_two_documents_and_their_table(page: Any, address: str) -> None:
    page.goto(f"{address}/sides?{KIN}")
    shows(page.locator(".tw-sides del", has_text="事件").first)
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
    shows(page.locator(".tw-article.tw-wrong").first)
    counts(page.locator(".tw-article"), 7)
    counts(page.locator(".tw-findings", has_text="罚款幅度超出上位文件"), 1)
    fits(page)
    with page.expect_download() as given:
        page.locator(".st-key-draft-basis-xlsx button").click()
    assert core.TABLES["basis"] in given.value.suggested_filename


def test_it_prints_on_a_landscape_page(page: Any, address: str) -> None:
    page.goto(f"{address}/sides?{KIN}")
    shows(page.locator(".tw-sides ins").first)
    page.emulate_media(media="print")
    shows(page.locator(".tw-sides"))
    hides(page.locator(".stSelectbox").first)
    paper = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841" in paper, "wider than high"
