"""A real browser in front of the real page; the server runs in a thread of the test's own process."""

import contextlib
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Locator, Page, expect, sync_playwright

from interaction_model.resolver import Resolver
from skill.folders import data_folder
from skill.hosting.server import make_server
from skill.library import Library
from skill.library.read import locales
from skill.memory.sqlite import USUAL_FILE
from skill.simulator import room
from skill.simulator.browser.app import create_page
from skill.simulator.browser.sounding import Voices
from skill.simulator.browser.visits import Visits
from skill.simulator.envelope import SCREEN
from skill.simulator.room import Room

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

WATCHED = """
window.played = [];
window.listened = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  window.sounding = this;
  window.played.push(this.src);
  return play.call(this);
};
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (kind, ...rest) {
  if (new Error().stack.includes(".js:")) window.listened.push(kind);  // the page's own scripts, not the browser's
  return listen.call(this, kind, ...rest);
};
"""
"""Notes what is played, and what is listened for, before the page's own scripts begin."""

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def voices() -> Voices:
    return Voices()


@pytest.fixture(scope="session")
def visits(resolver: Resolver, voices: Voices) -> Iterator[Visits]:
    """Furnish the room; each locale has its own words, and one model: learning another takes a minute or two."""
    usual = room._model_of(room.DEFAULT_LOCALE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_model_of", lambda locale: usual)
        yield Visits(Room(SCREEN), voices)


@pytest.fixture(scope="session")
def page_app(visits: Visits, voices: Voices, library: Library) -> Flask:
    return create_page(visits, voices, library, tuple(sorted(locales())))


@pytest.fixture(autouse=True)
def _nobody_was_here(_own_folders: None) -> None:
    """Forget the listener of the test before."""
    if (data_folder() / USUAL_FILE).exists():
        with contextlib.closing(sqlite3.connect(data_folder() / USUAL_FILE)) as memory, memory:
            memory.execute("DELETE FROM listener")


@contextlib.contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server(app, "127.0.0.1", 0, 4)

    def run() -> None:
        with contextlib.suppress(OSError):  # it is closed from outside, in the middle of its waiting
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/"
    finally:
        server.task_dispatcher.shutdown()  # what a closing page still sends is answered first
        server.close()
        thread.join(10)


@pytest.fixture(scope="session")
def address(page_app: Flask) -> Iterator[str]:
    with _served(page_app) as url:
        yield url


expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("there is no Chromium here: install one to try the page")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error as error:
            pytest.skip(f"{program} does not start here: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, address: str, visits: Visits) -> Iterator[Open]:
    """Return what opens the page; at the end nothing may have gone wrong in it, or been asked of anybody else."""
    contexts, errors, asked = [], [], []

    def opened(*, script: str = "", **options: object) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        context.add_init_script(WATCHED + script)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda told: errors.append(told.text) if "Content Security" in told.text else None)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    visits.end()  # what a closing page still sends finds nobody
    assert errors == []
    assert [url for url in asked if not url.startswith((address, "blob:"))] == []


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page()


class Talk:
    """Somebody at the page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def start(self, *, aloud: bool = False) -> None:
        self.page.click("#start-aloud" if aloud else "#start-silent")
        self.expect_turns(1)

    def turns(self) -> Sequence[str]:
        return [text.strip() for text in self.page.locator(".turn.skill .words").all_text_contents()]

    def expect_turns(self, count: int) -> None:
        expect(self.page.locator(".turn.skill")).to_have_count(count)

    def say(self, text: str) -> str:
        """Type and send; return the answer's words, as far as they are shown at once."""
        count = self.page.locator(".turn.skill").count()
        self.page.fill("#utterance", text)
        self.page.press("#utterance", "Enter")
        self.expect_turns(count + 1)
        return self.turns()[-1]

    def press(self, label: str) -> str:
        """Press a button of this name, not the one in the header; return the answer's words."""
        count = self.page.locator(".turn.skill").count()
        self.button(label).click()
        self.expect_turns(count + 1)
        return self.turns()[-1]

    def button(self, label: str) -> Locator:
        return self.page.locator("main").get_by_role("button", name=label, exact=True).first

    def until(self, holds: str) -> None:
        """Wait until something holds in the page; its own rules forbid to evaluate texts in it."""
        end = time.monotonic() + 20
        while not self.page.evaluate(holds):
            assert time.monotonic() < end, holds
            self.page.wait_for_timeout(10)

    def status(self, begins: str) -> None:
        expect(self.page.locator("#status")).to_have_text(re.compile(f"^{re.escape(begins)}"))


@pytest.fixture
def talk(page: Page) -> Talk:
    return Talk(page)


@pytest.fixture
def talk_on() -> Callable[[Page], Talk]:
    """Return what sits somebody down at a page that was opened in a way of its own."""
    return Talk
