"""Chinese words for what Streamlit's own widgets say in English; the words come from `wording` alone."""

from tiaowen.ui import wording
from tiaowen.ui import wording_operator as words


def upload_labels(hint: str) -> str:
    """Return a style that renames the button of the upload widget and puts a hint in place of its English one."""
    drop, said = '[data-testid="stFileUploaderDropzone"]', '[data-testid="stFileUploaderDropzoneInstructions"] > div'
    button = f'{drop} [data-testid="stBaseButton-secondary"]'
    return _style(f"{button} > * {{ display: none; }}", _words(button, words.UPLOAD_BUTTON),
                  f"{said} > * {{ display: none; }}", _words(said, hint))


def frame_labels() -> str:
    """Return a style that names the menu button and says in Chinese that an address leads to no page."""
    dialog = '[role="dialog"][data-rac]:not(:has([data-testid]))'
    return _style(_words('[data-testid="stExpandSidebarButton"]', wording.MENU),
                  '[data-testid="stExpandSidebarButton"] { width: auto; white-space: nowrap; }',
                  f"{dialog} h2[slot=title], {dialog} h2[slot=title] + div > div {{ font-size: 0; }}",
                  _words(f"{dialog} h2[slot=title]", wording.NO_PAGE, "1.2rem"),
                  _words(f"{dialog} h2[slot=title] + div > div", wording.NO_PAGE_MORE, "1rem"))


def _words(selector: str, said: str, size: str = "1rem") -> str:
    return f'{selector}::after {{ content: "{said}"; font-size: {size}; }}'


def _style(*rules: str) -> str:
    return f"<style>{' '.join(rules)}</style>"
