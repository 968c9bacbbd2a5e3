import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.model import CleanText, Document, SourceDocument
from tiaowen.parse.clean import clean

LONG = "指导各县（市、区）及时将符合条件的残疾儿童和困难家庭儿童"


def rebuilt(raw: str, found: CleanText) -> str:
    """The raw text minus the deleted runs, cut independently."""
    gone = {i for run in found.deleted for i in range(run.start, run.end)}
    return "".join(c for i, c in enumerate(raw) if i not in gone)


def check(raw: str, found: CleanText) -> None:
    assert rebuilt(raw, found) == found.text, raw
    assert len(found.text) + sum(r.end - r.start for r in found.deleted) == len(raw), raw
    for a, b in zip(found.deleted, found.deleted[1:], strict=False):
        assert a.start < a.end <= b.start, raw
    for i, c in enumerate(found.text):
        assert raw[found.to_raw(i)] == c, f"{raw!r} at {i}"


@pytest.mark.parametrize(("raw", "text"), [
    ("[bookmark: _Toc29605]第一条  为了", "第一条  为了"),
    ("第一条\r\n第二条\r\n", "第一条\n第二条\n"),
    ("\ufeff第一条", "第一条"),
    ("未\u200b成年人", "未成年人"),
    ("一、总则\n正文。\n扫一扫在手机打开当前页\n相关信息\n", "一、总则\n正文。\n"),
    ("一、总则\n相关信息\n正文。\n", "一、总则\n相关信息\n正文。\n"),
    ("[bookmark: a][bookmark: b]第一条", "第一条"),
    ("依托 12345 政务热线", "依托 12345 政务热线"),
    ("［注］ＡＢ①㈠", "［注］ＡＢ①㈠"),
    ("", ""),
])
def test_residue_goes_and_nothing_else(raw: str, text: str) -> None:
    found = clean(raw)
    assert found.text == text
    check(raw, found)


def test_markdown_rows_apply_to_markdown_only() -> None:
    raw = "## 第一章 总则\n<!-- x -->**第一条** 为了\n"
    assert clean(raw, suffix="md").text == "第一章 总则\n第一条 为了\n"
    assert clean(raw, suffix="txt").text == raw
    check(raw, clean(raw, suffix="md"))


@pytest.mark.parametrize(("before", "after", "joined"), [
    (LONG, "的家庭和儿童纳入低保。", True),
    (LONG + "。", "动员“五老”中的科技工作者。", False),
    (LONG + "：", "动员“五老”中的科技工作者。", False),
    (LONG, "（二）加强家庭保护", False),
    (LONG, "5. 加强基础教育保障。", False),
    (LONG, "——坚持党的领导。", False),
    ("加强家庭保护", "深入贯彻落实。", False),
    ("加强。落实", "深入贯彻。", True),
])
def test_page_breaks(before: str, after: str, joined: bool) -> None:
    raw = f"一、工作任务\n\n{before}\n\n{after}\n"
    found = clean(raw)
    assert (before + after in found.text) is joined, raw
    assert [r.reason for r in found.deleted] == (["page-break"] if joined else []), raw
    check(raw, found)


def test_a_page_break_is_looked_for_in_the_numbered_body_only() -> None:
    raw = f"{LONG}\n\n没有编号的前言\n\n一、任务\n\n正文。\n\n抄送：市委各部门，市人大常委会办公室，市政协办公室，市法院，\n\n市检察院。\n"
    assert clean(raw).deleted == ()


def test_the_five_documents_are_accounted_for(sources: dict[str, SourceDocument], documents: dict[str, Document]) -> None:
    for identity, document in documents.items():
        check(sources[identity].raw, document.clean)
        assert "[bookmark" not in document.clean.text, identity


def test_bookmarks_are_a_third_of_the_hunan_file(sources: dict[str, SourceDocument], documents: dict[str, Document]) -> None:
    runs = [r for r in documents["hunan-measures-draft"].clean.deleted if r.reason == "word-bookmark"]
    share = sum(r.end - r.start for r in runs) / len(sources["hunan-measures-draft"].raw)
    assert 0.30 < share < 0.37, share


def test_the_eleven_page_breaks_of_jincheng(documents: dict[str, Document]) -> None:
    document = documents["jincheng-plan-2021"]
    assert [r.reason for r in document.clean.deleted] == ["page-break"] * 11
    for words in ("保护工作的重要论述", "符合条件的家庭和儿童", "残疾儿童少年入学数据核对", "传承学校、中华优秀传统文化传承基地", "开展预防未成年人沉迷网络的宣传教育",
                  "及时受理、转介", "孤儿助学”工程", "评估机构和服务机构", "加强与专门学校", "性骚扰未成年人工作制度", "社会活动和服务。"):
        assert words in document.clean.text, words


@pytest.mark.parametrize("identity", ["rangtang-opinions-2022", "national-opinions-2021", "yuexiu-plan-draft"])
def test_no_page_break_is_seen_where_there_is_none(documents: dict[str, Document], identity: str) -> None:
    runs = documents[identity].clean.deleted
    assert [r.reason for r in runs] == (["web-qr", "web-links"] if identity == "rangtang-opinions-2022" else []), runs


pieces = st.lists(st.sampled_from([
    "[bookmark: _Toc1]", "[bookmark: ", "]", "\r\n", "\n", "\n\n", " \n \n", "\ufeff", "\u200b", "第一条　", "一、", "（一）", "1. ",
    LONG, "的家庭", "。", "抄送：", "相关信息", "扫一扫在手机打开当前页", "**", "# ", "<!--", "-->", "——", "\x0b", "\u2028", "x",
]), max_size=25).map("".join)


@given(st.one_of(pieces, st.text(max_size=60)), st.sampled_from(["txt", "md"]))
def test_kept_and_deleted_are_everything(raw: str, suffix: str) -> None:
    check(raw, clean(raw, suffix=suffix))
