"""Make NotoSansSC-subset.woff2, the font of last resort for machines without a Chinese font.

Usage: pip install fonttools brotli && python static/make_font.py [NotoSansCJK-Regular.ttc]
Holds GB 2312 and every character of corpus/ and tiaowen/; about 15 seconds.
"""

import sys
from itertools import product
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).parent
SOURCE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED_CHINESE = 2  # the face in the collection
TEXTS = ("corpus/**/*.txt", "corpus/**/*.toml", "tiaowen/**/*.toml", "tiaowen/**/*.py")


def characters() -> set[str]:
    """Return GB 2312 plus what the project itself prints."""
    found = {chr(code) for code in range(0x20, 0x7F)}
    for high, low in product(range(0xA1, 0xF8), range(0xA1, 0xFF)):
        try:
            found.add(bytes((high, low)).decode("gb2312"))
        except UnicodeDecodeError:
            continue
    for pattern in TEXTS:
        for path in HERE.parent.glob(pattern):
            found |= set(path.read_text(encoding="utf-8", errors="ignore"))
    return {c for c in found if c.isprintable()}


def main(source: str = SOURCE) -> None:
    """Write the subset beside this script."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern"], font_number=SIMPLIFIED_CHINESE)
    options.drop_tables += ["VORG", "vmtx", "vhea", "BASE"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(characters())))
    subsetter.subset(font)
    target = HERE / "NotoSansSC-subset.woff2"
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:2])
