// The page: what is pressed or typed goes to the pretend Echo, and what it answers is shown, and played.

import { canListen, Listening } from "./listening.js";
import { addYou, asText, SkillTurn } from "./log.js";
import { prefer, preferences } from "./preferences.js";
import { Server, VisitOverError } from "./server.js";
import { Sound } from "./sound.js";
import { word } from "./words.js";

const by = (id) => document.getElementById(id);
const field = by("utterance");
const loudest = Number(document.body.dataset.volumeSteps);
const volumeStep = Number(document.body.dataset.volumeStep);

const server = new Server();
let reply = null; // the last one
let turn = null; // where it stands in the log
let begun = false;
let steps = Promise.resolve();
const awaited = new Set(); // the steps that are not answered yet
const TRY_AGAIN = 5000; // milliseconds
let again = 0;

const sound = new Sound({
  line: (index) => turn?.follow(index, { marked: preferences.follow }),
  tick: (seconds) => countDown(seconds),
  ended: () => (reply.goes_on ? step("wait") : showState()),
  broke: () => alert(word("no-sound")),
});

// What is told

let thinking = 0;

function status(key) {
  clearTimeout(thinking);
  const text = word(key);
  // Most answers come at once: only a longer wait is told.
  if (key === "thinking") thinking = setTimeout(() => (by("status").textContent = text), 1000);
  else if (by("status").textContent !== text) by("status").textContent = text;
}

function alert(text) {
  by("alert").textContent = text;
  by("alert").hidden = !text;
}

function showState() {
  if (reply === null) status("listening");
  else if (reply.urgent) status("urgent");
  else if (!reply.listening) status("closed");
  else if (reply.paused !== null) status("paused");
  else if (leading()) status("relaxing");
  else status(sound.playing ? "speaking" : "listening");
}

function leading() {
  return reply !== null && reply.left !== null;
}

function clock(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function countDown(seconds) {
  if (!leading()) {
    if (reply?.paused) by("left-time").textContent = clock(reply.paused);
    return;
  }
  by("left-time").textContent = clock(Math.max(0, reply.left - seconds));
  const silence = reply.lines.find((line) => !line.text && line.start <= seconds && seconds < line.end);
  const rest = silence ? `${word("quiet")} ${Math.ceil(silence.end - seconds)} ${word("seconds")}` : "\u00a0";
  if (by("quiet").textContent !== rest) by("quiet").textContent = rest;
}

// What is done

// Of a reply that is still awaited nothing was heard.
function secondsHeard() {
  return awaited.size ? 0 : sound.position;
}

// Do one step. The sound ends with the press, before anything is sent; `shown` is what somebody said. Steps are taken
// one after another, in the order of the presses.
function step(act, text = "", { shown = text, quietly = false, scroll = true } = {}) {
  sound.stop();
  clearTimeout(again);
  const heard = secondsHeard();
  if (!awaited.size) status("thinking");
  if (shown) addYou(shown, { scroll });
  if (act !== "wait") alert("");
  const what = { act, text, heard, aloud: preferences.aloud && !quietly, voice: preferences.voice };
  const how = { silenced: false, scroll };
  awaited.add(how);
  steps = steps
    .then(() => send(what, how))
    .catch((error) => failed(what, error))
    .finally(() => awaited.delete(how));
  return steps;
}

async function send(what, how) {
  let answer;
  try {
    const anew = !server.visit;
    if (anew) await begin();
    answer = await server.take(anew ? { ...what, heard: 0 } : what);
  } catch (error) {
    if (!(error instanceof VisitOverError)) throw error;
    await begin();
    alert(word("anew"));
    answer = await server.take({ ...what, act: what.act === "wait" ? "open" : what.act, heard: 0 });
  }
  if (what.act === "wait") alert("");
  show(answer, how);
}

// Nothing is lost: what was typed is in the field again, and a relaxation goes on.
function failed(what, error) {
  console.error(error);
  if (what.act === "say") field.value = field.value || what.text;
  alert(word("no-answer"));
  status("no-connection");
  if (what.act === "wait") again = setTimeout(() => step("wait"), TRY_AGAIN);
  else if (leading()) sound.resume();
}

async function begin() {
  status("learning");
  await server.begin(preferences.locale);
  status("thinking");
}

function show(answer, { silenced, scroll }) {
  if (answer.volume) changeVolume(answer.volume);
  if (answer.fault) alert(answer.fault);
  if (!answer.lines) {
    if (!silenced) sound.resume(); // it was not for the skill
    return showState();
  }
  reply = answer;
  // Two voices at once help nobody: a screen reader is told of new words only where they are not heard.
  by("log").setAttribute("aria-live", answer.sound === null ? "polite" : "off");
  if (answer.trouble) alert(`${word("no-voice")} ${answer.trouble}`);
  if (answer.lines.length) turn = new SkillTurn(answer, { leading: leading(), scroll });
  if (answer.choices || !leading()) showChoices(answer);
  by("relaxation").hidden = !leading() && answer.paused === null;
  by("answers-title").textContent = word(leading() ? "steering" : "answers");
  document.body.classList.toggle("relaxing", leading());
  by("quiet").textContent = "\u00a0";
  countDown(0);
  if (answer.settings) showSettings(answer.settings);
  if (answer.request) {
    by("request").textContent = JSON.stringify(answer.request, null, 2);
    by("response").textContent = JSON.stringify(answer.response, null, 2);
  }
  const url = answer.sound === null ? "" : server.soundOf(answer.sound);
  if (silenced && leading()) sound.hold(answer, url);
  else if (!silenced && (url || answer.goes_on)) sound.play(answer, url);
  else sound.pass(answer);
  if (silenced) status("silenced");
  else showState();
}

function showChoices({ choices }) {
  const list = by("choices");
  const hadFocus = list.contains(document.activeElement);
  const open = [{ want: "open", label: word("open") }];
  const offered = reply.listening ? (choices ?? []).filter(({ want }) => want !== "stop" || leading()) : open;
  list.replaceChildren(
    ...offered.map(({ want, label }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => choose(want, label));
      return button;
    }),
  );
  by("answers").hidden = offered.length === 0;
  const labels = offered.map(({ label }) => label);
  document.querySelectorAll(".always").forEach((button) => (button.hidden = labels.includes(button.dataset.says)));
  if (hadFocus) (list.firstElementChild ?? field).focus();
}

function choose(want, label) {
  if (awaited.size) return; // a hand that trembles presses twice: the second is not for a question still unheard
  if (want === "open") step("open", "", { shown: label });
  else if (want === "stop") stop();
  else step("touch", want, { shown: label });
}

// Stop silences an answer, also one that is still awaited, and nothing else is lost by it; it ends a relaxation, and
// where nothing is heard, the visit.
function stop() {
  const expected = awaited.size > 0;
  awaited.forEach((how) => (how.silenced = true));
  if ((sound.playing || expected) && !leading()) {
    sound.end();
    status("silenced");
  } else if (reply && !reply.listening && !expected) {
    sound.end();
    status("closed");
  } else {
    step("say", word("stop").toLowerCase(), { shown: word("stop"), quietly: true });
  }
}

function say(text, { scroll = true } = {}) {
  step("say", text, { scroll });
}

// Settings

function showSettings({ rate, simple, hearing }) {
  by("rate").textContent = rate + 1;
  for (const [mode, on] of Object.entries({ simple, hearing })) {
    const button = document.querySelector(`[data-mode="${mode}"]`);
    button.textContent = on ? button.dataset.off : button.dataset.on;
    by(`${mode}-state`).textContent = word(on ? "on" : "off");
  }
}

function changeVolume(steps) {
  prefer({ volume: Math.max(1, Math.min(loudest, preferences.volume + steps)) });
  showVolume();
}

function showVolume() {
  sound.volume = preferences.volume / loudest;
  by("volume").textContent = preferences.volume;
  by("quieter").disabled = preferences.volume <= 1;
  by("louder").disabled = preferences.volume >= loudest;
}

function showAloud() {
  by("aloud").checked = preferences.aloud;
  by("status").setAttribute("aria-live", preferences.aloud ? "off" : "polite");
  sound.muted = !preferences.aloud;
}

function start(aloud) {
  prefer({ aloud });
  showAloud();
  begun = true;
  by("start").hidden = true;
  by("talk").hidden = false;
  by("stop").disabled = false;
  by("settings").append(by("locale-setting"));
  document.querySelectorAll("[data-needs-talk]").forEach((setting) => (setting.hidden = false));
  field.focus({ preventScroll: true });
  step("open");
}

// Wiring

by("start-aloud").addEventListener("click", () => start(true));
by("start-silent").addEventListener("click", () => start(false));
by("stop").addEventListener("click", stop);

by("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  field.value = "";
  if (text) say(text);
});

document.querySelectorAll("[data-says]").forEach((button) => {
  button.addEventListener("click", () => say(button.dataset.says, { scroll: button.matches(".always") }));
});
document.querySelectorAll("[data-mode]").forEach((button) => {
  button.addEventListener("click", () => say(button.textContent, { scroll: false }));
});

by("louder").addEventListener("click", () => changeVolume(volumeStep));
by("quieter").addEventListener("click", () => changeVolume(-volumeStep));
by("aloud").addEventListener("change", () => {
  prefer({ aloud: by("aloud").checked });
  showAloud();
});
by("follow").addEventListener("change", () => prefer({ follow: by("follow").checked }));
by("voice").addEventListener("change", () => prefer({ voice: by("voice").value }));
by("locale").addEventListener("change", () => {
  prefer({ locale: by("locale").value });
  if (!begun) return;
  sound.stop();
  const heard = secondsHeard();
  steps = steps.then(() => server.end(heard));
  const country = by("locale").selectedOptions[0].textContent;
  step("open", "", { shown: country, scroll: false });
});

by("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(asText());
    by("copied").textContent = word("copied");
  } catch {
    by("copied").textContent = word("not-copied");
  }
});

// What interrupted a relaxation came to nothing.
function goOn() {
  if (leading()) sound.resume();
}

const listening = new Listening({
  button: by("speak"),
  consent: by("consent"),
  began: () => sound.stop(),
  heard: (text) => (field.value = text),
  ended: (text) => {
    field.value = "";
    if (text) return say(text);
    alert(word("not-heard"));
    goOn();
  },
  gaveUp: goOn, // what it got stays in the field
  failed: () => alert(word("not-heard")),
});
by("speak").hidden = !canListen;
by("no-recognition").hidden = canListen;
by("speak").addEventListener("click", () => listening.toggle(preferences.locale));

window.addEventListener("pagehide", () => server.leave(secondsHeard()));

// Whoever reads British English is offered the British numbers first.
const offeredLocales = [...by("locale").options].map((option) => option.value);
const theirs = navigator.languages.find((language) => offeredLocales.includes(language));
if (!preferences.locale) prefer({ locale: theirs ?? document.body.dataset.locale });

history.scrollRestoration = "manual"; // a page that is loaded again begins at its start

// Nothing that has the focus, or is read, may lie under what stays in sight, however high that is.
const header = document.querySelector("header");
const covering = new ResizeObserver(() => {
  const sticks = getComputedStyle(by("steering")).position === "sticky";
  document.documentElement.style.scrollPaddingTop = `${header.offsetHeight + 8}px`;
  document.documentElement.style.scrollPaddingBottom = `${sticks ? by("steering").offsetHeight + 8 : 0}px`;
});
covering.observe(header);
covering.observe(by("steering"));

by("follow").checked = preferences.follow;
for (const name of ["voice", "locale"]) {
  by(name).value = preferences[name];
  if (by(name).value !== preferences[name]) prefer({ [name]: by(name).options[0].value }); // it is gone
}
showVolume();
showAloud();
