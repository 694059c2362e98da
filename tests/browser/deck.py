"""Looks at a deck of slides in Chromium, every host out of reach: what is too large, missing or not typeset.

python -m tests.browser.deck dist/slides/lec07_flows.html [--shots FOLDER] [--pdf FILE]     prints the problems, saves a picture of each slide
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]
SIZE = {"width": 1280, "height": 720}

# Of the slide on show: what lies outside 1280 x 720, pictures without pixels, formulas that MathJax refused or did not see.
INSPECT = r"""() => {
  const slide = Reveal.getCurrentSlide(), found = [], scale = Reveal.getScale();
  const frame = document.querySelector(".slides").getBoundingClientRect();
  const bottom = frame.top + 692 * scale;        // the running title stands below
  const what = (e) => e.tagName.toLowerCase() + " " + (e.textContent || e.alt || "").trim().slice(0, 50);
  const hidden = (e) => e.closest("aside.notes, mjx-assistive-mml, defs") !== null;
  for (const e of slide.querySelectorAll("*")) {
    if (hidden(e) || (e.closest("svg") && e.tagName !== "svg")) continue;
    const box = e.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (box.bottom > bottom + 1) found.push(`below the edge by ${Math.round((box.bottom - bottom) / scale)} px: ${what(e)}`);
    if (box.right > frame.right + 1) found.push(`beyond the right edge by ${Math.round((box.right - frame.right) / scale)} px: ${what(e)}`);
    if (box.left < frame.left - 1 || box.top < frame.top - 1) found.push(`beyond the left or upper edge: ${what(e)}`);
    if (e.scrollWidth > e.clientWidth + 2 && ["PRE", "TABLE", "P", "LI"].includes(e.tagName) && e.clientWidth > 0)
      found.push(`wider than its box by ${e.scrollWidth - e.clientWidth} px: ${what(e)}`);
  }
  for (const image of slide.querySelectorAll("img")) if (!image.complete || image.naturalWidth === 0) found.push("a picture that does not show");
  for (const bad of slide.querySelectorAll("[data-mjx-error], mjx-merror, g[data-mml-node=merror]"))
    found.push("formula refused: " + (bad.getAttribute("data-mjx-error") || bad.textContent));
  const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("pre, code, svg, mjx-container")) continue;
    if (/\$|\\\(|\\\[|\\frac|\\begin/.test(node.data)) found.push("not typeset: " + node.data.trim().slice(0, 60));
  }
  if (slide.innerText.trim() === "" && !slide.querySelector("img, svg")) found.push("nothing on it");
  return [...new Set(found)];
}"""


@contextmanager
def opened(path: Path, query: str = "") -> Iterator[tuple[Page, list[str]]]:
    """The deck in a browser that is offline; also the list of requests that the page made and of its errors."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport=SIZE, offline=True)
        page = context.new_page()
        page.on("request", lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else complaints.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(path.resolve().as_uri() + query)
        page.wait_for_function("window.deckReady !== undefined", timeout=60_000)
        page.evaluate("window.deckReady")
        page.add_style_tag(content=".fragment { transition: none !important; }")
        yield page, complaints
        browser.close()


def slides(page: Page) -> Iterator[int]:
    """Shows one slide after another with all its fragments; yields their numbers from 1."""
    total = int(page.evaluate("Reveal.getTotalSlides()"))
    for number in range(1, total + 1):
        page.evaluate(
            """(n) => { const s = Reveal.getSlides()[n]; const at = Reveal.getIndices(s); Reveal.slide(at.h, at.v, 99); }""",
            number - 1,
        )
        yield number


def problems(path: Path, shots: Path | None = None) -> list[str]:
    """All that is wrong with a deck, `slide 7: …` each; pictures of the slides go to `shots`."""
    found = []
    with opened(path) as (page, complaints):
        for number in slides(page):
            found += [f"slide {number}: {text}" for text in page.evaluate(INSPECT)]
            if shots is not None:
                shots.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=shots / f"{path.stem}-{number:02d}.png")
        found += [f"the page asked for or complained of: {text}" for text in complaints]
    return found


def print_pdf(path: Path, target: Path) -> None:
    """What the browser prints of `?print-pdf`: a page for each slide."""
    with opened(path, "?print-pdf") as (page, _):
        page.wait_for_function("document.querySelectorAll('.pdf-page').length > 0")
        page.pdf(path=target, prefer_css_page_size=True, print_background=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("deck", type=Path)
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--pdf", type=Path)
    given = parser.parse_args()
    found = problems(given.deck, given.shots)
    print("\n".join(found) or "nothing to mend")
    if given.pdf:
        print_pdf(given.deck, given.pdf)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
