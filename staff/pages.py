"""What the HTML pages share: symbols, highlighted code, and the only way in for anything a student wrote."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import bleach
import jinja2
import mistune
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from staff.outcomes import Outcome

TEMPLATES = Path(__file__).with_name("templates")
PNG = b"\x89PNG\r\n\x1a\n"
PICTURE_BYTES = 3 * 2**20
TEXT_LENGTH = 1500
ANSWER_LENGTH = 20_000  # letters of one answer on a page; highlighting megabytes takes minutes
COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
BEGINNING = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(:])")  # of a tag or a comment; of where a link or a picture leads
TAGS = ["p", "br", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "a", "hr"]

# A sign, and a word, for each outcome: never colour alone.
SYMBOLS: Mapping[Outcome, str] = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Outcome.ERROR: "⚠",
    Outcome.TIMEOUT: "◷",
    Outcome.MEMORY: "▦",
    Outcome.CRASHED: "↯",
    Outcome.NOT_ATTEMPTED: "–",
    Outcome.MANUAL: "✎",
}


def render(template: str, **values: object) -> str:
    """A page from a template; everything is escaped that is not marked as safe here."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    css = Markup(HtmlFormatter(style="friendly").get_style_defs(".code"))
    return environment.get_template(template).render(symbols=SYMBOLS, code_css=css, **values)


def code(source: str) -> Markup:
    """Python, highlighted; the highlighter escapes it."""
    return Markup(highlight(_shortened(source, ANSWER_LENGTH), PythonLexer(), HtmlFormatter(cssclass="code", nowrap=False)))


def markdown(source: str) -> Markup:
    """A student's Markdown: raw HTML is escaped, and what comes of it is cleaned again. Formulas stay as they were typed."""
    html = mistune.create_markdown(escape=True)(_shortened(source, ANSWER_LENGTH))
    return Markup(bleach.clean(str(html), tags=TAGS, attributes={"a": ["href"]}, protocols=["http", "https", "mailto"], strip=True))


def without_html(source: str) -> str:
    """A student's Markdown for formgrader, which would run the scripts in it: a space makes text of what begins a tag or a link."""
    return BEGINNING.sub(r"\g<0> ", source)


def pictures(outputs: Iterable[Mapping[str, object]]) -> list[str]:
    """The PNG images among outputs, as base64 that this program wrote. Nothing else passes: no SVG, no HTML, no links."""
    found = []
    for output in outputs:
        data = output.get("data")
        encoded = data.get("image/png") if isinstance(data, dict) else None
        joined = "".join(part for part in encoded if isinstance(part, str)) if isinstance(encoded, list) else encoded
        if not isinstance(joined, str) or len(joined) > 2 * PICTURE_BYTES:
            continue
        try:
            raw = base64.b64decode("".join(joined.split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        if raw.startswith(PNG) and len(raw) <= PICTURE_BYTES:
            found.append(base64.b64encode(raw).decode("ascii"))
    return found


def texts(outputs: Iterable[Mapping[str, object]]) -> str:
    """What outputs say as plain text, shortened; the template escapes it."""
    parts = []
    for output in outputs:
        data = output.get("data")
        plain = output.get("text") if output.get("output_type") == "stream" else data.get("text/plain") if isinstance(data, dict) else None
        joined = "".join(part for part in plain if isinstance(part, str)) if isinstance(plain, list) else plain
        if isinstance(joined, str) and not (isinstance(data, dict) and "image/png" in data):
            parts.append(COLOUR.sub("", joined).rsplit("\r", 1)[-1])
    text = "\n".join(part.strip("\n") for part in parts if part.strip())
    return _shortened(text, TEXT_LENGTH).encode("utf-8", "replace").decode("utf-8")  # no file can hold lone surrogates


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + " …"
