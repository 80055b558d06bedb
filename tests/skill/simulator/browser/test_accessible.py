"""The page by axe-core at every state, width and colour; its targets, its focus, and its words however large."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = {320: 640, 1280: 900}
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LARGEST_OFFSET = 1
"""Pixels by which rounding may make a box wider than its window."""

WCAG_SPACING = """for (const one of document.querySelectorAll("*")) {
  one.style.lineHeight = "1.5";
  one.style.letterSpacing = "0.12em";
  one.style.wordSpacing = "0.16em";
}
for (const one of document.querySelectorAll("p")) one.style.marginBottom = "2em";"""


def _states(talk) -> Iterator[str]:
    """Walk through all that the page can be."""
    page = talk.page
    yield "before the start"
    talk.start()
    yield "welcome"
    talk.say("ice or heat?")
    yield "an answer"
    talk.say("doctor")
    page.click("#settings summary")
    page.click("#developer summary")
    yield "settings, and the last request"
    page.click("#settings summary")
    page.click("#developer summary")
    talk.say("body scan for two minutes")
    yield "a relaxation"
    talk.press("Pause")
    yield "a relaxation that is paused"
    talk.say("my chest is tight and I am sweating")
    yield "a danger sign"
    talk.say("stop")
    yield "closed"
    page.evaluate("document.getElementById('alert').hidden = false; document.getElementById('alert').innerText = 'x'")
    yield "something to tell"
    page.evaluate("document.getElementById('consent').showModal()")
    yield "a question before speaking"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(colours: str, width: int, open_page, talk_on) -> None:
    """All rules for each width and each colour; for the other two ways to pair them, what depends on both."""
    all_of_it = (colours, width) in {("light", 1280), ("dark", 320)}
    rules = EVERY_RULE if all_of_it else {"type": "rule", "values": ["color-contrast", "target-size"]}
    page = open_page(color_scheme=colours, viewport={"width": width, "height": WIDTHS[width]}, bypass_csp=True)
    for state in _states(talk_on(page)):
        found = Axe().run(page, options={"runOnly": rules})
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"


def _overflows(page: Page) -> list[str]:
    """Return what is cut off, or makes the page scroll sideways."""
    return page.evaluate(
        """(most) => [document.documentElement, ...document.querySelectorAll("body *")]
          .filter((one) => one.checkVisibility() && one.clientWidth && one.scrollWidth > one.clientWidth + most)
          .filter((one) => getComputedStyle(one).clipPath === "none") // the rest is for screen readers
          .filter((one) => one.matches("html, body, header, main, button, p, h1, h2, h3, summary, label, div, section"))
          .map((one) => one.outerHTML.slice(0, 90))""",
        LARGEST_OFFSET,
    )


@pytest.mark.parametrize("how", ["narrow", "spaced", "large", "zoomed"])
def test_nothing_is_cut_off_or_scrolls_sideways(how: str, open_page, talk_on) -> None:
    """320 pixels; WCAG's text spacing; text at 200 percent; a window of 320 by 256, as at 400 percent zoom."""
    size = {"width": 320, "height": 256 if how == "zoomed" else 640}
    page = open_page(viewport=size if how in {"narrow", "zoomed"} else {"width": 640, "height": 640})
    for state in _states(talk_on(page)):
        if how == "spaced":
            page.evaluate(WCAG_SPACING)
        if how == "large":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert _overflows(page) == [], state


def test_targets_are_large_and_apart_in_every_state(open_page, talk_on) -> None:
    """44 pixels each way, 8 between two."""
    page = open_page(viewport={"width": 320, "height": 640})
    for state in _states(talk_on(page)):
        boxes = page.evaluate(
            """[...document.querySelectorAll("button, input[type=text], select, summary, a, .check")]
              .filter((one) => one.checkVisibility() && !one.closest("body:has(dialog[open]) > :not(dialog)"))
              .map((one) => { const box = one.getBoundingClientRect();
                return [one.textContent.trim() || one.id, box.left, box.top, box.right, box.bottom] })"""
        )
        assert boxes
        small = [name for name, left, top, right, bottom in boxes if right - left < 44 or bottom - top < 44]
        assert small == [], state
        near = [
            (one[0], other[0])
            for one, other in combinations([box for box in boxes if box[0] != "Stop"], 2)  # that stays at the top
            if max(other[1] - one[3], one[1] - other[3]) < 8 and max(other[2] - one[4], one[2] - other[4]) < 8
        ]
        assert near == [], state


@pytest.mark.parametrize("height", [640, 256])
def test_whatever_has_the_focus_is_seen_and_outlined(height: int, open_page, talk_on) -> None:
    page = open_page(viewport={"width": 320, "height": height})
    talk = talk_on(page)
    talk.start()
    talk.say("ice or heat?")
    first = page.locator("button, input, a, select, summary, [tabindex]").first
    assert first.get_attribute("id") == "stop", "Stop is the first thing that can be reached"
    first.focus()
    seen: list[str] = []
    while True:
        name, outline, shown, again = page.evaluate(
            """() => { const one = document.activeElement, box = one.getBoundingClientRect();
              const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
              const again = one === document.body || one.dataset.seen; one.dataset.seen = "yes";
              return [one.id || one.textContent.trim(), parseFloat(getComputedStyle(one).outlineWidth),
                one === at || one.contains(at), again] }"""
        )
        if again:
            break
        seen.append(name)
        assert outline >= 2, name
        assert shown, f"{name} is covered"
        page.keyboard.press("Tab")
    assert {"utterance", "Send", "Repeat", "Settings"} <= set(seen)


def test_nothing_moves_and_nothing_asks_for_a_gesture_or_a_key_of_its_own(talk) -> None:
    """No shortcut of a single key: words that are dictated would fire it. Presses count when they are let go."""
    for state in _states(talk):
        moving = talk.page.evaluate(
            """[...document.querySelectorAll("*")].filter((one) => { const style = getComputedStyle(one);
              return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0 }).length"""
        )
        assert moving == 0, state
        assert talk.page.evaluate("document.getAnimations().length") == 0
    listened = set(talk.page.evaluate("window.listened"))
    wrong = {
        "mousedown",
        "touchstart",
        "pointerdown",
        "keydown",
        "keyup",
        "keypress",
        "dblclick",
        "contextmenu",
        "drag",
    }
    assert listened.isdisjoint(wrong)
    assert "click" in listened


def test_what_stands_on_a_button_is_its_name_and_can_be_said(talk, library, understanding) -> None:
    """Whoever steers a browser by voice says what they see; whoever types to the skill may type the same."""
    intents = {command.intent for command in library.commands}
    talk.start()
    talk.say("ice or heat?")
    for button in talk.page.locator("button").all():
        assert button.get_attribute("aria-label") is None
        assert button.get_attribute("title") is None
    said = set(library.page.says.values()) | set(library.labels.values()) | {library.page.words["stop"]}
    for label in said:
        found = understanding.resolve(label)
        assert found.confidence == 1, label
        assert found.intent in intents, label


def test_the_page_says_which_words_are_new_only_when_it_does_not_speak_itself(open_page, talk_on) -> None:
    """Two voices at once help nobody: the log is a live region for a screen reader in words-only mode."""
    for aloud, live in ((False, "polite"), (True, "off")):
        page = open_page()
        talk_on(page).start(aloud=aloud)
        log = page.locator("#log")
        assert (log.get_attribute("role"), log.get_attribute("aria-live")) == ("log", live)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_a_contrast_of_seven_to_one(scheme: str, open_page, talk_on) -> None:
    """More than the 4.5 that axe asks for; the two colours of every text that is shown."""
    page = open_page(color_scheme=scheme)
    for state in _states(talk_on(page)):
        pairs = page.evaluate(
            """[...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && !one.disabled &&
                [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
              .map((one) => { let ground = one; const clear = "rgba(0, 0, 0, 0)";
                while (ground && getComputedStyle(ground).backgroundColor === clear) ground = ground.parentElement;
                return [one.textContent.trim().slice(0, 40), getComputedStyle(one).color,
                  getComputedStyle(ground ?? document.body).backgroundColor] })"""
        )
        low = [(text, round(_contrast(ink, ground), 1)) for text, ink, ground in pairs if _contrast(ink, ground) < 7]
        assert low == [], state


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(part) / 255) for part in colour.removeprefix("rgb(").rstrip(")").split(","))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
