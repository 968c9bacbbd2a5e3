"""Web pages as official sites write them: the text and nothing of the site."""

import pytest

from tests import making
from tiaowen.errors import ReadError
from tiaowen.read.html import read_html, read_mhtml
from tiaowen.read.reader import read_bytes


def text(body: str, head: str = "") -> str:
    return read_html(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="a.html").text


@pytest.mark.parametrize(("body", "lines"), [
    ("<p>第一条　甲</p><p>第二条　乙</p>", ["第一条　甲", "第二条　乙"]),
    ("第一条　甲<br>第二条　乙<br/>", ["第一条　甲", "第二条　乙"]),
    ("<p>甲</p>\n<p>&nbsp;</p>\n<p></p><p>乙</p>", ["甲", "", "乙"]),
    ("甲<br><br>乙", ["甲", "", "乙"]),
    ("<p>&emsp;&emsp;第一条&emsp;甲</p><p>　　乙</p><p>&nbsp;&nbsp;丙</p>", ["第一条\u2003甲", "乙", "丙"]),
    ("<p>学校应当\n    <b>立即</b>\n报告 12345\n政务热线</p>", ["学校应当立即报告 12345 政务热线"]),
    ("<h1>某办法</h1><h2>第一章　总则</h2><ul><li>（一）甲</li><li>（二）乙</li></ul>", ["某办法", "第一章　总则", "（一）甲", "（二）乙"]),
    ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
    ("<p>甲<script>alert('坏')</script><style>p{}</style><!-- 注 --><noscript>无</noscript>乙</p>", ["甲乙"]),
    ("<p>甲<span style='display: none'>隐</span><span hidden>隐</span><input value='隐'>乙</p>", ["甲乙"]),
    ("<p>&lt;第一条&gt;&amp;&#31532;</p>", ["<第一条>&第"]),
    ("<pre>第一条　甲\n第二条　乙\n\n　　丙\n</pre>丁\n戊", ["第一条　甲", "第二条　乙", "", "丙", "丁戊"]),
    ("<p>甲</p><iframe src='x'>框</iframe><object>物</object><p>乙", ["甲", "乙"]),
])
def test_blocks_become_lines(body: str, lines: list[str]) -> None:
    assert text(body).splitlines() == lines


def test_a_table_of_data_is_a_line_a_row() -> None:
    body = "<p>前</p><table><tr><th>序号</th><th>任务<br>说明</th></tr><tr><td>1</td><td><p>报告</p><p>处置</p></td></tr><tr><td></td><td>乙</td></tr></table><p>后</p>"
    assert text(body).splitlines() == ["前", "序号\t任务 说明", "1\t报告 处置", "\t乙", "后"]


def test_a_table_that_lays_out_the_page_is_none() -> None:
    inner = "".join(f"<p>第{n}条　学校应当报告。</p>" for n in "一二三")
    assert text(f"<table><tr><td><table><tr><td>{inner}</td></tr></table></td><td>边</td></tr></table>").splitlines()[:3] == [
        "第一条　学校应当报告。", "第二条　学校应当报告。", "第三条　学校应当报告。"]


LINKS = "".join(f'<a href="/{n}">栏目{n}</a> ' for n in range(5))


@pytest.mark.parametrize("part", [
    f"<nav>{LINKS}</nav>", f'<div class="top-nav">{LINKS}</div>', '<div class="footer">版权所有</div>', f"<ul><li>{LINKS}</li></ul>", f"<div><p>{LINKS}</p></div>",
    '<div id="breadcrumb">当前位置：首页</div>', '<div role="navigation">菜单</div>', '<div class="share-bar clearfix">分享到</div>', "<aside>推荐</aside>",
])
def test_parts_of_the_site_are_dropped_and_counted(part: str) -> None:
    found = read_html(f"<html><body>{part}<p>第一条　甲</p></body></html>".encode(), name="a.html")
    assert found.text == "第一条　甲\n"
    assert [i.code for i in found.issues] == ["page_furniture"]


def test_contents_that_lead_inside_the_page_stay() -> None:
    contents = "".join(f'<p><a href="#{n}">第{n}章　甲</a></p>' for n in "一二三四")
    assert text(f"<div>目录{contents}</div><p>第一章　甲</p>").splitlines() == ["目录", "第一章　甲", "第二章　甲", "第三章　甲", "第四章　甲", "第一章　甲"]


def test_references_that_are_links_stay() -> None:
    body = "<p>根据" + "、".join(f'<a href="/{n}">《某法{n}》</a>' for n in range(4)) + "和有关法律、行政法规的规定，结合本县实际，制定本办法，请各部门遵照执行。</p>"
    assert text(body).startswith("根据《某法0》、《某法1》")


def test_the_named_part_is_taken_with_the_heading_above_it() -> None:
    body = f'<div>来源：某网 浏览 3 次</div><h1>某办法</h1><div class="info">日期</div><div id="zoom">{"<p>第一条　学校应当报告。</p>" * 5}</div><div>主办单位</div>'
    assert text(body).splitlines() == ["某办法", *["第一条　学校应当报告。"] * 5]


def test_a_named_part_with_little_in_it_is_not_taken_for_the_text() -> None:
    body = f'<div id="zoom"><p>附件</p></div><div>{"<p>第一条　学校应当报告。</p>" * 5}</div>'
    assert text(body).splitlines() == ["附件", *["第一条　学校应当报告。"] * 5]


@pytest.mark.parametrize(("head", "encoding"), [
    ('<meta charset="utf-8">', "utf-8"), ('<meta charset="gb2312">', "gb18030"), ('<meta http-equiv="Content-Type" content="text/html; charset=gbk">', "gb18030"),
    ("", "utf-8"), ("", "gb18030"), ('<meta charset="utf-8">', "gb18030"), ('<meta charset="gb2312">', "utf-8"), ("", "utf-16"), ('<meta charset="big5">', "big5"),
])
def test_charsets_declared_or_not_or_wrongly(head: str, encoding: str) -> None:
    words = "第一" if encoding == "big5" else "第一条　学校应当报告，镕。"
    page = f"<html><head>{head}</head><body><p>{words}</p></body></html>".encode(encoding)
    assert read_html(page, name="a.html").text == f"{words}\n"


def test_a_web_page_saved_as_doc_or_txt_is_read_as_a_web_page() -> None:
    page = making.page_of_site(["第一条　学校应当报告。"] * 3)
    for name in ("a.doc", "a.txt", "a.docx", "a.html", "a"):
        assert read_bytes(page, name=name).text.splitlines() == ["第一条　学校应当报告。"] * 3
    exported = '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><p class=MsoNormal>第一条<o:p></o:p></p></body></html>'
    assert read_bytes(exported.encode(), name="a.doc").text == "第一条\n"


def test_a_web_archive_is_read() -> None:
    import quopri

    page = quopri.encodestring("<html><body><p>第一条　甲</p></body></html>".encode("gb18030"))
    data = (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=gb2312\r\n"
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + page + b"\r\n--x--\r\n")
    assert read_mhtml(data, name="a.mht").text == "第一条　甲\n"
    assert read_bytes(data, name="a.doc").text == "第一条　甲\n"


def test_a_page_that_needs_its_script_says_so() -> None:
    with pytest.raises(ReadError, match="脚本"):
        text("<div id=app></div><script src=x></script>")
