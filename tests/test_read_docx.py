"""Word files made from the markup that Word and WPS write: numbers, tables, changes, fields, boxes."""

import io

import pytest

from tests import making
from tests.support import doc, eids
from tiaowen.errors import ReadError
from tiaowen.read.docx import read_docx
from tiaowen.read.numbering import number
from tiaowen.read.reading import Reading

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'


def read(body: str, *, numbering: str = "", styles: str = "", space: str = W) -> Reading:
    files: dict[str, str | bytes] = {"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>"}
    if numbering:
        files["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    if styles:
        files["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    return read_docx(making.zipped(files), name="a.docx")


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def listed(list_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(at: int, form: str, text: str, *, suffix: str = "nothing", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def shape(*levels: str, identity: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def use(list_id: int, shape_id: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{shape_id}"/>{more}</w:num>'


OFFICIAL = shape(level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.", suffix="tab")) + use(1)
ARTICLES = shape(level(0, "chineseCountingThousand", "第%1条", suffix="space")) + use(1)


def test_what_python_docx_writes_is_read() -> None:
    assert read_docx(making.docx(["第一条　为了", "", "　　第二条　学校"]), name="a.docx").text == "第一条　为了\n\n　　第二条　学校\n"


def test_automatic_numbers_of_an_official_document() -> None:
    text = read(p(r("总体要求"), properties=listed(1)) + p(r("指导思想"), properties=listed(1, 1)) + p(r("基本原则"), properties=listed(1, 1))
                + p(r("工作任务"), properties=listed(1)) + p(r("家庭保护"), properties=listed(1, 1)) + p(r("报告。"), properties=listed(1, 2)),
                numbering=OFFICIAL).text
    assert text.splitlines() == ["一、总体要求", "（一）指导思想", "（二）基本原则", "二、工作任务", "（一）家庭保护", "1. 报告。"]
    assert eids(doc(text)) == ["l1_1", "l1_1__l2_1", "l1_1__l2_2", "l1_2", "l1_2__l2_1", "l1_2__l2_1__l3_1"]


def test_automatic_article_numbers_have_a_space_after_them() -> None:
    text = read("".join(p(r(f"学校应当{n}。"), properties=listed(1)) for n in "甲乙丙"), numbering=ARTICLES).text
    assert text.splitlines() == ["第一条 学校应当甲。", "第二条 学校应当乙。", "第三条 学校应当丙。"]
    unspaced = ARTICLES.replace("space", "nothing")
    assert read(p(r("学校"), properties=listed(1)), numbering=unspaced).text == "第一条 学校\n"


def test_a_number_may_hang_on_the_style_alone() -> None:
    styles = ('<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
              '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
              '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>')
    body = "".join(p(r("甲"), properties=f'<w:pStyle w:val="{s}"/>') for s in "ABBCA")
    assert read(body, numbering=OFFICIAL, styles=styles).text.splitlines() == ["一、甲", "（一）甲", "（二）甲", "甲", "二、甲"]


def test_a_level_may_name_its_style() -> None:
    lists = shape(level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="A"/>'), level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="B"/>')) + use(1)
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{s}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' for s in "AB")
    body = "".join(p(r("甲"), properties=f'<w:pStyle w:val="{s}"/>') for s in "ABB")
    assert read(body, numbering=lists, styles=styles).text.splitlines() == ["一、甲", "（一）甲", "（二）甲"]


def test_two_lists_of_one_shape_count_on_unless_one_starts_anew() -> None:
    body = "".join(p(r("甲"), properties=listed(n)) for n in (1, 1, 2, 2))
    assert read(body, numbering=OFFICIAL + use(2)).text.splitlines() == ["一、甲", "二、甲", "三、甲", "四、甲"]
    anew = use(2, more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    assert read(body, numbering=OFFICIAL + anew).text.splitlines() == ["一、甲", "二、甲", "一、甲", "二、甲"]


def test_a_list_starts_where_it_says_and_bullets_print_nothing() -> None:
    lists = shape(level(0, "decimal", "（%1）").replace('w:start w:val="1"', 'w:start w:val="7"'), level(1, "bullet", "\uf0b7")) + use(1)
    body = p(r("甲"), properties=listed(1)) + p(r("乙"), properties=listed(1, 1)) + p(r("丙"), properties=listed(1))
    assert read(body, numbering=lists).text.splitlines() == ["（7）甲", "乙", "（8）丙"]


@pytest.mark.parametrize(("value", "form", "printed"), [
    (12, "chineseCounting", "十二"), (101, "chineseCountingThousand", "一百零一"), (12, "ideographDigital", "一二"), (3, "decimalEnclosedCircle", "③"),
    (21, "decimalEnclosedCircle", "21"), (10, "decimalFullWidth", "１０"), (3, "chineseLegalSimplified", "叁"), (2, "ideographTraditional", "乙"),
    (11, "ideographTraditional", "11"), (27, "lowerLetter", "aa"), (4, "upperRoman", "IV"), (3, "decimalZero", "03"), (5, "unheardOf", "5"), (0, "lowerRoman", "0"),
])
def test_number_formats(value: int, form: str, printed: str) -> None:
    assert number(value, form) == printed


def test_insertions_are_read_and_deletions_are_not() -> None:
    body = p(r("学校应当"), f"<w:ins>{r('立即')}</w:ins>", "<w:del><w:r><w:delText>及时</w:delText></w:r></w:del>", f"<w:moveFrom>{r('搬走')}</w:moveFrom>",
             f"<w:moveTo>{r('搬来')}</w:moveTo>", r("报告。"))
    assert read(body).text == "学校应当立即搬来报告。\n"


def test_a_deleted_paragraph_end_joins_and_a_deleted_row_goes() -> None:
    body = p(r("学校应当"), properties="<w:rPr><w:del/></w:rPr>") + p(r("报告。"))
    assert read(body).text == "学校应当报告。\n"
    row = "<w:tr>{}<w:tc>" + p(r("甲")) + "</w:tc><w:tc>" + p(r("乙")) + "</w:tc></w:tr>"
    assert read(f"<w:tbl>{row.format('')}{row.format('<w:trPr><w:del/></w:trPr>')}</w:tbl>").text == "甲\t乙\n"


def test_a_table_is_a_line_a_row_in_its_place() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
    rows = [[("", p(r("序号"))), ("", p(r("任务")) + p(r("说明")))], [('<w:vMerge w:val="restart"/>', p(r("1"))), ("", p(r("报告")))],
            [("<w:vMerge/>", p()), ("", p(r("处置")))]]
    table = "".join("<w:tr>" + "".join(cell.format(*c) for c in row) + "</w:tr>" for row in rows)
    assert read(p(r("前")) + f"<w:tbl>{table}</w:tbl>" + p(r("后"))).text == "前\n序号\t任务 说明\n1\t报告\n\t处置\n后\n"


def test_a_frame_around_running_text_is_no_table() -> None:
    framed = f"<w:tbl><w:tr><w:tc>{p(r('第一条　甲'))}{p(r('第二条　乙'))}</w:tc></w:tr></w:tbl>"
    assert read(framed).text == "第一条　甲\n第二条　乙\n"
    long = f"<w:tbl><w:tr><w:tc>{p(r('甲' * 300))}{p(r('乙' * 300))}</w:tc><w:tc>{p(r('丙'))}</w:tc></w:tr></w:tbl>"
    assert read(long).text.splitlines() == ["甲" * 300, "乙" * 300, "丙"]


def test_line_breaks_tabs_and_page_breaks() -> None:
    body = p(r("某市"), "<w:r><w:br/></w:r>", r("办法")) + p("<w:r><w:tab/></w:r>", r("第一条"), '<w:r><w:br w:type="page"/></w:r>', r(" 甲"))
    assert read(body).text == "某市\n办法\n\t第一条 甲\n"


def test_a_contents_list_loses_its_page_numbers_but_not_its_words() -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def asks(words: str) -> str:
        return f"<w:r><w:instrText>{words}</w:instrText></w:r>"

    entry = r("第一章　总则") + "<w:r><w:tab/></w:r>" + field("begin") + asks(" PAGEREF _Toc1 \\h ") + field("separate") + r("3") + field("end")
    body = p(field("begin"), asks(' TOC \\o "1-3" '), field("separate"), f"<w:hyperlink>{entry}</w:hyperlink>") + p(field("end")) + p(r("第一章　总则"))
    assert read(body).text == "第一章　总则\n\n第一章　总则\n"
    assert read(p('<w:fldSimple w:instr=" PAGE ">' + r("7") + "</w:fldSimple>", '<w:fldSimple w:instr=" DATE ">' + r("2021年") + "</w:fldSimple>")).text == "2021年\n"
    assert read(p(field("begin"), asks(" x "), r("坏")) + p(r("第一条"))).text.splitlines()[-1] == "第一条"


def test_what_is_left_out_is_said() -> None:
    box = "<w:r><w:pict><w:txbxContent>" + p(r("骑缝章")) + "</w:txbxContent></w:pict></w:r>"
    body = p(r("第一条"), box, '<w:r><w:footnoteReference w:id="2"/></w:r>', r("隐", "<w:vanish/>"), r("显", '<w:vanish w:val="0"/>'),
             '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', '<w:r><w:sym w:char="2460"/></w:r>', "<w:r><w:drawing/></w:r>")
    found = read(body)
    assert found.text == "第一条显①\n"
    assert {i.message for i in found.issues} == {"脚注 1 处没有读入", "隐藏文字 1 处没有读入", "特殊符号 1 处没有读入", "图片 1 处没有读入", "文本框里的文字没有读入：“骑缝章”"}


def test_the_strict_form_content_controls_and_ruby() -> None:
    ruby = "<w:r><w:ruby><w:rt>" + r("fǎ") + "</w:rt><w:rubyBase>" + r("法") + "</w:rubyBase></w:ruby></w:r>"
    assert read(f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('第一条'), ruby)}</w:sdtContent></w:sdt>", space=STRICT).text == "第一条法\n"


def test_a_file_with_pictures_alone_says_so() -> None:
    with pytest.raises(ReadError, match=r"^a\.docx：文件里只有图片[^\n]*。$"):
        read(p("<w:r><w:drawing/></w:r>"))


def test_a_hyphen_that_does_not_break_is_kept() -> None:
    assert read(p(r("2021"), "<w:r><w:noBreakHyphen/></w:r>", r("2025"), "<w:r><w:softHyphen/></w:r>")).text == "2021-2025\n"


def test_pictures_beside_text_do_not_stop_the_reading() -> None:
    from docx import Document
    from PIL import Image

    picture, out = io.BytesIO(), io.BytesIO()
    Image.new("L", (4, 4), 128).save(picture, "PNG")
    made = Document()
    made.add_paragraph("第一条　甲")
    made.add_picture(io.BytesIO(picture.getvalue()))
    made.save(out)
    found = read_docx(out.getvalue(), name="a.docx")
    assert found.text.splitlines()[0] == "第一条　甲"
    assert [i.message for i in found.issues] == ["图片 1 处没有读入"]
