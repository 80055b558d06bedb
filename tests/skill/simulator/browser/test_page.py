"""What somebody does on the page: whole conversations, by keys alone, heard, read, spoken, and when things break."""

import io
import json
import re
import time
import wave

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from skill.library import Library
from skill.library.read import load
from skill.relaxation.practice import Practice
from skill.simulator.browser.app import PAGE
from speech.audio import SAMPLE_BYTES
from speech.captions import plain_text
from speech.document import Say
from speech.local_voice import DEFAULT_RATE, LocalVoice

FRAME, SHIFTS = 0.02, 6
"""Seconds of sound whose loudness is compared, and how many such frames two sounds are moved against each other."""


# By keys alone.


def test_a_whole_conversation_by_keyboard_alone(talk, library: Library) -> None:
    page = talk.page
    page.keyboard.press("Tab")  # past Stop, which there is nothing for yet
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # words only
    talk.expect_turns(1)
    page.keyboard.type("ice or heat?")  # the field has the focus
    page.keyboard.press("Enter")
    talk.expect_turns(2)
    assert talk.turns()[1].startswith(library.entries["ice-or-heat"].says)
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # Yes
    talk.expect_turns(3)
    assert talk.turns()[2].startswith(library.entries["home-treatments"].says)
    page.keyboard.press("Space")  # the first choice has the focus again: Yes
    talk.expect_turns(4)
    page.locator("#stop").focus()
    page.keyboard.press("Enter")
    talk.expect_turns(5)
    talk.status("Gentle Back is closed.")


def _planned(name: str, minutes: int, library: Library) -> list[str]:
    words = Practice(name, minutes, library.scripts[name].postures[0]).plan(library).words()
    return [plain_text((part,), library.pronunciations) for part in words if isinstance(part, Say)]


@pytest.mark.parametrize(("asked", "name", "minutes"), [("beach for two minutes", "beach", 2)])
def test_a_whole_relaxation_is_led_by_keyboard_alone_without_a_sound(
    asked: str, name: str, minutes: int, talk, library: Library
) -> None:
    page = talk.page
    page.clock.install()
    talk.start()
    page.keyboard.type(asked)
    page.keyboard.press("Enter")
    talk.expect_turns(2)
    expect(page.locator("#left-time")).to_have_text(re.compile(r"^[12]:\d\d$"))
    page.clock.run_for(60_000)
    assert page.locator("#left-time").inner_text() <= "1:01"
    for _ in range(minutes * 60):
        page.clock.run_for(1_000)
    talk.expect_turns(3)
    told = page.locator(".turn.skill").nth(1).locator(".sentence").all_inner_texts()
    assert told == _planned(name, minutes, library), "every sentence, in its order"
    assert talk.turns()[2].endswith("?")
    expect(page.locator("#relaxation")).to_be_hidden()


def test_a_long_session_goes_on_by_itself_with_its_second_part(talk, library: Library) -> None:
    page = talk.page
    page.clock.install()
    talk.start()
    talk.say("body scan for fifteen minutes")
    for _ in range(16):
        page.clock.run_for(60_000)
    told = page.locator(".turn.skill").filter(has=page.locator(".sentence")).locator(".sentence").all_inner_texts()
    planned = _planned("body-scan", 15, library)
    first = told.index(planned[0])
    assert told[first : first + len(planned)] == planned


def test_a_session_is_steered_by_pressing_and_goes_on_at_its_step(talk) -> None:
    page = talk.page
    page.clock.install()
    talk.start()
    talk.say("body scan for five minutes")
    page.clock.run_for(100_000)
    marked = page.locator(".sentence[aria-current]")
    last = page.locator(".turn.skill").last.locator(".sentence").last.inner_text()
    left = page.locator("#left-time").inner_text()
    assert talk.press("Pause").startswith("Paused.")
    page.clock.run_for(3_600_000)  # nothing is timed: an hour later it waits as before
    expect(marked).to_have_count(0)
    talk.press("Yes")
    page.clock.run_for(60_000)
    assert last in page.locator(".turn.skill").last.locator(".sentence").all_inner_texts()
    assert abs(_seconds(page.locator("#left-time").inner_text()) + 60 - _seconds(left)) < 45
    talk.press("Next")
    talk.button("Stop").click()
    talk.status("Gentle Back is closed.")
    assert talk.turns()[-1].startswith("Stopped.")
    assert talk.press("Open Gentle Back").startswith("Welcome back.")


def _seconds(shown: str) -> int:
    minutes, seconds = shown.split(":")
    return int(minutes) * 60 + int(seconds)


def test_a_long_silence_is_counted_down_in_words(talk) -> None:
    page = talk.page
    page.clock.install()
    talk.start()
    talk.say("mindful listening for five minutes")
    seen = set()
    for _ in range(300):
        page.clock.run_for(1_000)
        seen.add(page.locator("#quiet").inner_text().strip())
    counts = {int(text.split()[2]) for text in seen if text.startswith("Quiet for")}
    assert len(counts) >= 10
    assert max(counts) <= 30


# What is heard.


def test_nothing_is_heard_before_a_press(page: Page) -> None:
    page.wait_for_timeout(500)
    assert page.evaluate("window.played") == []
    assert page.locator("audio, video, iframe").count() == 0


def test_words_only_never_plays_anything(talk) -> None:
    talk.start()
    talk.say("ice or heat?")
    assert talk.page.evaluate("window.played") == []


def _envelope(samples: np.ndarray, rate: int) -> np.ndarray:
    frame = round(FRAME * rate)
    whole = samples[: len(samples) // frame * frame].reshape(-1, frame).astype(float)
    return np.log1p(np.sqrt((whole**2).mean(axis=1)))


def _likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Return how alike two sounds rise and fall, a little earlier or later; 0 when one is far longer.

    The engine says a sentence some milliseconds longer or shorter each time.
    """
    length = min(len(one), len(other)) - SHIFTS
    if length < 0.9 * max(len(one), len(other)) - SHIFTS:
        return 0.0
    early, late = one[: length + SHIFTS], other[: length + SHIFTS]
    shifted = [(early[n : n + length], late[:length]) for n in range(SHIFTS)]
    shifted += [(early[:length], late[n : n + length]) for n in range(SHIFTS)]
    return max(float(np.corrcoef(*pair)[0, 1]) for pair in shifted)


def test_the_sound_that_the_page_plays_has_the_words_that_it_shows(talk, voice: LocalVoice) -> None:
    """Each sentence is cut out of the sound that is played, at its own time, and is what this computer says for it."""
    page = talk.page
    talk.start(aloud=True)
    with page.expect_response(re.compile(r"/visits/[^/]+$")) as taken:
        talk.say("ice or heat?")
    lines = [line for line in taken.value.json()["lines"] if line["text"]]
    sound = page.request.get(page.evaluate("window.sounding.src")).body()
    with wave.open(io.BytesIO(sound)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    said = [np.frombuffer(voice.synthesise(line["text"], DEFAULT_RATE).samples, "<i2") for line in lines]
    heard = [
        samples[round(line["start"] * rate) : round(line["start"] * rate) + len(s)]
        for line, s in zip(lines, said, strict=True)
    ]
    assert len(sound) > sum(map(len, said)) * SAMPLE_BYTES
    for number, (one, line) in enumerate(zip(heard, lines, strict=True)):
        alike = [_likeness(_envelope(one, rate), _envelope(other, rate)) for other in said]
        assert alike[number] > 0.75, line["text"]
        assert max(alike) == alike[number], line["text"]
    assert [line["text"] for line in lines] == page.locator(".turn.skill").last.locator(".sentence").all_inner_texts()


def test_the_sentence_that_is_heard_is_marked_and_not_by_colour_alone(talk) -> None:
    page = talk.page
    talk.start(aloud=True)
    talk.say("ice or heat?")
    marked = page.locator(".sentence[aria-current]")
    expect(marked).to_have_text("Wrap a cold pack in cloth, and rub the sore spot for five to ten minutes.")
    assert "underline" in marked.evaluate("(one) => getComputedStyle(one).textDecorationLine")
    page.locator("#settings summary").click()
    page.get_by_label("Mark each sentence as it is spoken").uncheck()
    talk.say("does heat help?")
    talk.until("window.sounding.currentTime > 0.5")
    expect(marked).to_have_count(0)


def test_stop_silences_before_the_press_returns_whenever_it_comes(talk, library: Library) -> None:
    page = talk.page
    talk.start(aloud=True)
    for number in range(10):
        talk.say("ice or heat?")
        talk.until(f"window.sounding.currentTime >= {0.05 + 0.17 * number}")
        assert page.evaluate("document.getElementById('stop').click(), window.sounding.paused")
        talk.status("Silenced.")
    assert talk.say("yes").startswith(library.entries["home-treatments"].says), "nothing was lost by it"


@pytest.mark.parametrize("said", ["stop", "my chest is tight and I am sweating", "does heat help?"])
def test_whatever_is_said_breaks_into_what_is_heard(said: str, talk) -> None:
    page = talk.page
    talk.start(aloud=True)
    talk.say("beach for two minutes")
    talk.until("window.sounding.currentTime > 1")
    before = page.evaluate("window.sounding.src")
    talk.say(said)
    if said == "stop":
        talk.status("Gentle Back is closed.")
    assert page.evaluate("[window.sounding.src, window.played.length, window.sounding.paused]") != [before, 2, False]
    if said.startswith("my chest"):
        expect(page.locator(".turn.skill").last).to_have_class(re.compile("urgent"))


def test_a_sound_that_breaks_off_goes_on_in_words(open_page, talk_on) -> None:
    page = open_page()
    page.route(re.compile(r"\.wav$"), lambda route: route.abort())
    talk = talk_on(page)
    talk.start(aloud=True)
    expect(page.locator("#alert")).to_contain_text("from here on there are only words")
    talk.say("beach for two minutes")
    expect(page.locator(".turn.skill").last.locator(".sentence")).not_to_have_count(0)
    talk.status("Relaxing.")


class Held:
    """Requests of the page's that its server is not given before they are let go."""

    def __init__(self, talk) -> None:
        self._talk = talk
        self._routes: list[Route] = []
        self._open = False
        talk.page.route(PAGE_ASKS, lambda route: self._take(route))  # noqa: PLW0108 (playwright marks it)

    def _take(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._routes.append(route)

    def sent(self) -> dict[str, object]:
        """Wait for a request; return what it holds."""
        end = time.monotonic() + 20
        while not self._routes:
            assert time.monotonic() < end, "nothing was sent"
            self._talk.page.wait_for_timeout(10)
        return dict(self._routes[0].request.post_data_json)

    def let_go(self) -> dict[str, object]:
        """Wait for a request, and give it to the server; return what it holds."""
        sent = self.sent()
        self._routes.pop(0).continue_()
        return sent

    def let_all_go(self) -> None:
        """Give the server whatever is sent from now on, too."""
        self._open = True
        while self._routes:
            self.let_go()


PAGE_ASKS = re.compile(r"/visits(/[^/]+)?$")


def test_stop_while_an_answer_is_awaited_silences_it_before_it_begins(talk, library: Library) -> None:
    page = talk.page
    talk.start(aloud=True)
    talk.say("ice or heat?")
    held = Held(talk)
    talk.button("More").click()
    held.sent()
    page.click("#stop")
    held.let_go()
    talk.expect_turns(3)
    talk.status("Silenced.")
    assert page.evaluate("window.played.length") == 2
    assert page.evaluate("window.sounding.paused")
    assert talk.turns()[2].startswith(library.entries["home-treatments"].says)


def test_what_stop_silenced_is_not_begun_again_by_a_word_for_the_speaker(talk) -> None:
    page = talk.page
    talk.start(aloud=True)
    talk.say("ice or heat?")
    talk.until("window.sounding.currentTime > 0.2")
    page.click("#stop")
    page.fill("#utterance", "quieter")
    page.press("#utterance", "Enter")
    expect(page.locator("#volume")).to_have_text("8")
    page.wait_for_timeout(300)
    assert page.evaluate("window.sounding.paused")


def test_presses_that_come_before_the_answer_count_nothing_as_heard_twice(talk) -> None:
    page = talk.page
    page.clock.install()
    talk.start()
    talk.say("body scan for ten minutes")
    page.clock.run_for(120_000)
    held = Held(talk)
    talk.button("Slower").click()
    held.sent()
    talk.button("Slower").click()
    first, second = held.let_go(), held.let_go()
    assert float(str(first["heard"])) == pytest.approx(120, abs=3)
    assert second["heard"] == 0
    talk.expect_turns(4)


def test_a_choice_that_is_pressed_twice_is_taken_once(talk) -> None:
    talk.start()
    talk.say("ice or heat?")
    held = Held(talk)
    talk.button("Yes").click()
    held.sent()
    talk.button("Yes").click()
    held.let_all_go()
    talk.expect_turns(3)
    talk.page.wait_for_timeout(500)
    talk.expect_turns(3)


def test_a_change_of_country_at_once_still_gets_its_own_number(talk) -> None:
    page = talk.page
    held = Held(talk)
    page.click("#settings summary")
    page.click("#start-silent")
    assert held.sent() == {"locale": "en-US"}
    page.select_option("#locale", "en-GB")
    held.let_all_go()
    talk.expect_turns(2)
    talk.say("my chest is tight and I am sweating")
    assert page.locator(".turn.skill").last.locator("a").get_attribute("href") == "tel:999"


def test_what_is_for_the_speaker_alone_does_not_break_into_a_relaxation(talk) -> None:
    page = talk.page
    talk.start(aloud=True)
    talk.say("beach for two minutes")
    talk.until("window.sounding.currentTime > 0.5")
    page.fill("#utterance", "quieter")
    page.press("#utterance", "Enter")
    expect(page.locator("#volume")).to_have_text("8")
    talk.until("!window.sounding.paused && window.sounding.currentTime > 1.5")


def test_the_choices_of_a_relaxation_are_gone_when_it_is_over(talk) -> None:
    page = talk.page
    page.clock.install()
    talk.start()
    talk.say("beach for two minutes")
    page.clock.run_for(140_000)
    talk.expect_turns(3)
    expect(talk.button("Pause")).to_be_hidden()
    expect(talk.button("Next")).to_be_hidden()


def test_start_spoken_aloud_is_heard_whatever_was_set_before(talk) -> None:
    talk.page.click("#settings summary")
    talk.page.get_by_role("checkbox", name="Speak answers aloud").uncheck()
    talk.start(aloud=True)
    talk.until("window.sounding.muted === false")


# Settings.


def test_speed_simple_mode_and_hearing_mode_are_set_by_pressing_and_kept(open_page, talk_on, library: Library) -> None:
    page = open_page()
    talk = talk_on(page)
    talk.start()
    page.click("#settings summary")
    for label, shown in (("Slower", "2"), ("Slower", "1"), ("Faster", "2"), ("Normal speed", "3"), ("Slower", "2")):
        talk.button(label).click()
        expect(page.locator("#rate")).to_have_text(shown)
    talk.press("Simple mode on")
    talk.press("Hearing mode on")
    expect(page.get_by_role("button", name="Hearing mode off")).to_be_visible()
    assert talk.say("ice or heat?").startswith(library.entries["ice-or-heat"].simple)
    page.reload()
    talk.start()
    expect(page.locator("#rate")).to_have_text("2")
    page.click("#settings summary")
    expect(page.get_by_role("button", name="Simple mode off")).to_be_visible()


def test_volume_voice_and_country_are_kept_by_the_browser(talk) -> None:
    page = talk.page
    page.click("#settings summary")
    page.click("#quieter")
    page.select_option("#voice", "English (Great Britain)")
    page.select_option("#locale", "en-GB")
    page.reload()
    page.click("#settings summary")
    assert page.locator("#volume").inner_text() == "8"
    assert page.locator("#voice").input_value() == "English (Great Britain)"
    assert page.locator("#locale").input_value() == "en-GB"
    talk.start(aloud=True)
    talk.status("I am speaking.")
    assert page.evaluate("window.sounding.volume") == 0.8
    page.fill("#utterance", "quieter")
    page.press("#utterance", "Enter")
    expect(page.locator("#volume")).to_have_text("6")


def test_a_danger_sign_stands_out_and_its_number_can_be_pressed(talk) -> None:
    page = talk.page
    talk.start()
    talk.say("my chest is tight and I am sweating")
    last = page.locator(".turn.skill").last
    expect(last).to_have_class(re.compile("urgent"))
    assert last.locator("a").get_attribute("href") == "tel:911"
    assert last.locator("h3").inner_text() == "Safety advice: Chest pain"


def test_the_number_is_still_there_after_somebody_says_that_they_call(talk) -> None:
    talk.start()
    talk.say("my chest is tight and I am sweating")
    talk.press("Yes")
    last = talk.page.locator(".turn.skill").last
    expect(last).to_have_class(re.compile("urgent"))
    assert last.locator("a").get_attribute("href") == "tel:911"


def test_two_things_that_may_be_meant_can_be_pressed_by_their_names(talk, library: Library, in_doubt) -> None:
    talk.start()
    assert talk.say(in_doubt[0]).startswith("Do you mean ")
    second = talk.page.locator("#choices button").nth(1).inner_text()
    entry = next(entry for entry in library.entries.values() if entry.called.lower() == second.lower())
    assert talk.press(second).startswith(entry.says)


# The conversation stays.


def test_after_fifty_turns_the_first_is_still_there_and_all_can_be_copied(open_page, talk_on) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    talk = talk_on(page)
    talk.start()
    first = talk.turns()[0]
    for number in range(25):
        talk.say("does ice help?")
        talk.say("does heat help?" if number % 2 else "what is sciatica?")
    assert len(talk.turns()) == 51
    assert talk.turns()[0] == first
    page.click("#settings summary")
    page.click("#copy")
    expect(page.locator("#copied")).to_have_text("The conversation is copied.")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert len(copied) == 101
    assert copied[0] == f"Gentle Back: {first}"
    assert copied[1] == "You: does ice help?"


def test_the_request_and_the_response_can_be_looked_at(talk) -> None:
    talk.start()
    talk.say("ice or heat?")
    talk.page.click("#developer summary")
    request, response = (json.loads(talk.page.locator(f"#{name}").inner_text()) for name in ("request", "response"))
    assert request["request"]["intent"]["name"] == "IceOrHeatIntent"
    assert response["response"]["outputSpeech"]["ssml"].startswith("<speak>")


# When things break.


def test_a_server_that_is_gone_is_told_and_no_word_is_lost(talk) -> None:
    page = talk.page
    talk.start()
    page.route("**/visits/**", lambda route: route.abort())
    page.fill("#utterance", "does ice help?")
    page.press("#utterance", "Enter")
    expect(page.locator("#alert")).to_contain_text("Gentle Back is not answering.")
    expect(page.locator("#utterance")).to_have_value("does ice help?")
    page.unroute("**/visits/**")
    page.press("#utterance", "Enter")
    talk.expect_turns(2)
    expect(page.locator("#alert")).to_be_hidden()


def test_what_is_no_question_is_told_also_before_anything_was_answered(talk) -> None:
    page = talk.page
    page.route("**/visits/**", lambda route: route.abort())
    page.click("#start-silent")
    expect(page.locator("#alert")).to_contain_text("Gentle Back is not answering.")
    page.unroute("**/visits/**")
    page.fill("#utterance", "???")
    page.press("#utterance", "Enter")
    expect(page.locator("#alert")).to_contain_text("There are no English words in that")
    talk.status("It is your turn.")


def test_a_server_that_was_started_anew_is_gone_on_with(talk, visits) -> None:
    talk.start()
    visits.end()
    assert talk.say("does ice help?").startswith("Ice")
    expect(talk.page.locator("#alert")).to_contain_text("started anew")


@pytest.mark.parametrize(
    ("typed", "told"),
    [("???", "There are no English words in that"), ("\u0007\u0007", "signs that are no text"), ("   ", "")],
)
def test_what_is_no_question_is_told_and_nothing_breaks(typed: str, told: str, talk) -> None:
    page = talk.page
    talk.start()
    page.fill("#utterance", typed)
    page.press("#utterance", "Enter")
    if told:
        expect(page.locator("#alert")).to_contain_text(told)
    assert talk.say("does ice help?").startswith("Ice")


def test_a_page_that_is_closed_leaves_its_session_where_it_was(open_page, talk_on) -> None:
    page = open_page()
    page.clock.install()
    talk = talk_on(page)
    talk.start()
    talk.say("body scan for five minutes")
    page.clock.run_for(100_000)
    page.close()
    again = talk_on(open_page())
    again.start()
    assert "body scan" in again.turns()[0]


# Speaking to it; what the browser understands is the one thing that is faked.

RECOGNITION = """
window.SpeechRecognition = class extends EventTarget {
  static available() { return Promise.resolve(LOCAL ? "available" : "unavailable"); }
  start() { window.recognition = this; }
  stop() { this.dispatchEvent(new Event("end")); }
  hear(text) {
    const event = new Event("result");
    event.results = [[{ transcript: text }]];
    this.dispatchEvent(event);
  }
  fail(kind) { const event = new Event("error"); event.error = kind; this.dispatchEvent(event); this.stop(); }
};
"""


def _with_recognition(*, local: bool) -> str:
    return RECOGNITION.replace("LOCAL", "true" if local else "false")


def test_one_press_begins_to_listen_and_another_sends_what_was_said(open_page, talk_on) -> None:
    page = open_page(script=_with_recognition(local=True))
    talk = talk_on(page)
    talk.start(aloud=True)
    speak = page.locator("#speak")
    speak.click()
    expect(speak).to_have_text("Done speaking")
    assert page.evaluate("window.sounding.paused"), "it does not talk while it listens"
    assert page.evaluate("window.recognition.processLocally")
    page.evaluate("window.recognition.hear('ice or heat')")
    expect(page.locator("#utterance")).to_have_value("ice or heat")
    speak.click()
    talk.expect_turns(2)
    assert talk.turns()[1].startswith("For the first two days")
    expect(speak).to_have_text("Speak")


def test_a_voice_that_might_leave_this_computer_is_asked_for_first(open_page, talk_on) -> None:
    page = open_page(script=_with_recognition(local=False))
    talk = talk_on(page)
    talk.start()
    page.click("#speak")
    expect(page.locator("#consent")).to_be_visible()
    page.click("#consent button[value=no]")
    assert page.evaluate("window.recognition === undefined")
    page.click("#speak")
    page.click("#consent button[value=yes]")
    talk.until("Boolean(window.recognition)")
    page.evaluate("window.recognition.fail('network')")
    expect(page.locator("#alert")).to_contain_text("I could not hear you.")


def test_a_browser_that_gives_up_listening_keeps_what_it_got(open_page, talk_on) -> None:
    page = open_page(script=_with_recognition(local=True))
    talk = talk_on(page)
    talk.start()
    page.click("#speak")
    talk.until("Boolean(window.recognition)")
    page.evaluate("window.recognition.hear('ice or')")
    page.evaluate("window.recognition.stop()")
    expect(page.locator("#speak")).to_have_text("Speak")
    expect(page.locator("#utterance")).to_have_value("ice or")
    expect(page.locator(".turn.skill")).to_have_count(1)


def test_nothing_said_after_all_lets_a_relaxation_go_on(open_page, talk_on) -> None:
    page = open_page(script=_with_recognition(local=True))
    talk = talk_on(page)
    talk.start(aloud=True)
    talk.say("beach for two minutes")
    talk.until("window.sounding.currentTime > 0.3")
    page.click("#speak")
    talk.until("Boolean(window.recognition) && window.sounding.paused")
    page.click("#speak")
    expect(page.locator("#alert")).to_contain_text("I could not hear you.")
    talk.until("!window.sounding.paused")


def test_without_recognition_the_button_is_not_there(open_page, talk_on) -> None:
    page = open_page(script="delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    talk_on(page).start()
    expect(page.locator("#speak")).to_be_hidden()
    expect(page.locator("#no-recognition")).to_be_visible()


def test_every_word_of_the_page_comes_from_the_content_and_none_is_left_over() -> None:
    words = load().page.words.keys()
    page = (PAGE / "page.html").read_text()
    scripts = "".join(path.read_text() for path in PAGE.glob("*.js"))
    page = page.replace('words[mode ~ "-mode"]', 'words["simple-mode"] words["hearing-mode"]')
    calls = re.findall(r'(?:word|status)\((?:\w[\w.()]* \? "([\w-]+)" : )?"([\w-]+)"\)', scripts)
    asked = set(re.findall(r'words\["([\w-]+)"\]', page)) | {word for call in calls for word in call if word}
    assert asked == words
