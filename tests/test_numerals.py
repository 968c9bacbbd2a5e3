import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.numerals import NUMERAL, to_chinese, to_int


@pytest.mark.parametrize(("text", "value"), [
    ("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("三十二", 32), ("五十五", 55), ("一百", 100), ("一百零一", 101),
    ("一百一十八", 118), ("一百三十", 130), ("两百", 200), ("一千二百六十", 1260), ("一千零五", 1005), ("一万", 10_000),
    ("万", 10_000), ("三万零五", 30_005), ("十二万三千", 123_000), ("二〇二一", 2021), ("零", 0), ("32", 32), ("３２", 32),
    ("③", 3), ("⑳", 20), (" 7 ", 7), ("055", 55), ("3万", 30_000), ("2千", 2000), ("5十5", 55), ("0一", 1), ("万万", 100_000_000),
])
def test_reads_every_form_of_numeral(text: str, value: int) -> None:
    assert to_int(text) == value, text


@pytest.mark.parametrize("text", ["", " ", "甲", "第三", "3.5", "-1", "三条", "十a", "①②x", "½", "一、", "三十之二", "9" * 5000])
def test_refuses_what_is_no_numeral(text: str) -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        to_int(text)


@pytest.mark.parametrize(("value", "text"), [
    (0, "零"), (5, "五"), (10, "十"), (14, "十四"), (20, "二十"), (55, "五十五"), (100, "一百"), (101, "一百零一"),
    (110, "一百一十"), (118, "一百一十八"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (1260, "一千二百六十"),
    (10_000, "一万"), (10_001, "一万零一"), (20_010, "二万零一十"), (112_233, "十一万二千二百三十三"),
])
def test_prints_as_statutes_do(value: int, text: str) -> None:
    assert to_chinese(value) == text


@pytest.mark.parametrize("value", [-1, 100_000_000])
def test_range(value: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        to_chinese(value)


@given(st.integers(0, 99_999_999))
def test_round_trip(value: int) -> None:
    assert to_int(to_chinese(value)) == value
    assert to_int(str(value)) == value
    assert to_int("".join(chr(ord(c) + 0xFEE0) for c in str(value))) == value


@given(st.text(alphabet="零一二三四五六七八九十百千万两〇0123456789０１①第条 ", max_size=8))
def test_a_numeral_or_one_clear_error(text: str) -> None:
    try:
        assert to_int(text) >= 0
    except ValueError as error:
        assert "not a numeral" in str(error), repr(text)


@given(st.from_regex(NUMERAL, fullmatch=True))
def test_every_numeral_of_the_pattern_has_a_value(text: str) -> None:
    assert to_int(text[:20]) >= 0
