"""试读 and 文档 in a real browser, on a desk and on a phone."""

from pathlib import Path
from typing import Any

import pytest

from tests.browsing import counts, fits, hides, rests, shows
from tests.test_adding import FINAL
from tiaowen.ui import wording_operator as words

pytestmark = pytest.mark.browser


def test_a_file_is_tried_and_forgotten(page: Any, address: str, tmp_path: Path) -> None:
    (tmp_path / "某条例.txt").write_text(FINAL, encoding="utf-8")
    page.goto(f"{address}/trial")
    button = page.locator('[data-testid="stFileUploaderDropzone"] button')
    shows(button)
    hides(page.get_by_text("Browse files"))
    hides(page.get_by_text("Drag and drop"))
    fits(page)
    page.locator("input[type=file]").set_input_files(tmp_path / "某条例.txt")
    shows(page.get_by_role("heading", name="湖南省儿童安全条例"))
    page.get_by_text(words.TRIAL_DUTIES.format(count=2)).click()
    shows(page.locator(".tw-plain-table td", has_text="立即").first)
    fits(page)
    (tmp_path / "另一份.txt").write_text(FINAL.replace("安全", "网络"), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(tmp_path / "另一份.txt")
    shows(page.get_by_role("heading", name="湖南省儿童网络条例"))
    page.reload()
    shows(button)
    counts(page.locator(".tw-trial"), 0)


def test_the_doctor_opens_a_document_and_leads_to_the_place(page: Any, address: str) -> None:
    page.goto(f"{address}/documents")
    fold = page.locator(".tw-doctor", has_text="越秀区")
    fold.locator("summary").click()
    fits(page)
    fold.locator("a.tw-where").first.click()
    rests(page, ".tw-target")
