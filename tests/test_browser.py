"""The app in a real browser: ask, click the citation, land on the provision, on a desk and on a phone."""

from typing import Any

import pytest

from tests.browsing import at, counts, fits, hides, put, rests, shows
from tiaowen import wording as core
from tiaowen.ui import wording

pytestmark = pytest.mark.browser
QUESTION = "密切接触未成年人的单位发现孩子疑似被性侵，要向谁报告，多久之内？"
PLACE_SHOWN = "wanted => [...document.querySelectorAll('.stSelectbox input')].some(i => i.value === wanted)"
SAFETY_FIRST = """() => {
  const [safety, message] = [".tw-safety", ".tw-message"].map(s => document.querySelector(s)?.getBoundingClientRect());
  return safety && message && safety.bottom <= message.top;
}"""
COPIED = """words => new MutationObserver(() => { window.testCopied ||= document.body.innerText.includes(words); })
  .observe(document.body, { subtree: true, childList: true, characterData: true })"""


def test_ask_click_the_citation_land_on_the_provision_and_go_back(page: Any, address: str) -> None:
    page.goto(address)
    put(page, QUESTION)
    link = page.locator("[data-testid=stPageLink] a", has_text="第五十五条").first
    shows(link)
    shows(page.locator(".tw-message"))
    page.wait_for_function(SAFETY_FIRST)
    shows(page.locator(".tw-badge", has_text=core.STATUS["draft_superseded"]).first)
    fits(page)
    link.click()
    rests(page, "#art_55.tw-target")
    at(page, "doc=hunan-measures-draft")
    page.wait_for_function("document.title.includes('第五十五条')")
    fits(page)
    page.go_back()
    shows(page.locator(".tw-asked", has_text=QUESTION))


@pytest.mark.parametrize("eid", ["art_64", "art_4__para_1__item_2"])
def test_a_link_from_outside_lands_on_the_provision(page: Any, address: str, eid: str) -> None:
    page.goto(f"{address}/?doc=hunan-measures-draft&eid={eid}")
    rests(page, f"#{eid}.tw-target")
    fits(page)


def test_outline_leads_to_an_article(page: Any, address: str) -> None:
    page.goto(f"{address}/?doc=hunan-measures-draft")
    shows(page.locator("#art_30"))
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
    page.evaluate(COPIED, wording.COPIED)  # the word stands for a moment only
    button.click()
    page.wait_for_function("window.testCopied")


def test_refusal_and_markup(page: Any, address: str) -> None:
    page.goto(address)
    put(page, "湖南办法第九十条")
    shows(page.locator(".tw-not_found", has_text=wording.REASON["no_such_provision"]))
    fits(page)
    put(page, "<img src=x onerror=document.title='hit'>娃被打了怎么办")
    shows(page.locator(".tw-safety"))
    counts(page.locator(".tw-asked img"), 0)
    assert page.title() != "hit"


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
    shows(page.get_by_role("option", name="壤塘县"))
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('region=') && document.cookie.includes('tiaowen_region')")


def test_printing_shows_the_answer_without_the_controls(page: Any, address: str) -> None:
    page.goto(address)
    put(page, QUESTION)
    shows(page.locator(".tw-words").first)
    page.emulate_media(media="print")
    shows(page.locator(".tw-words").first)
    shows(page.locator(".tw-safety"))
    hides(page.locator("[data-testid=stForm]"))
