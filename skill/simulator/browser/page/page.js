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
let steps = Promise.resolve(); // one at a time, in the order of the presses

const sound = new Sound({
  line: (index) => turn?.follow(index, { marked: preferences.follow }),
  tick: (seconds) => countDown(seconds),
  ended: () => (reply.goes_on ? step("wait") : showState()),
  broke: () => alert(word("no-sound")),
});

// What is told

function status(key) {
  by("status").textContent = word(key);
}

function alert(text) {
  by("alert").textContent = text;
  by("alert").hidden = !text;
}

function showState() {
  if (!reply.listening) status("closed");
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
  if (!leading()) return;
  by("left-time").textContent = clock(Math.max(0, reply.left - seconds));
  const silence = reply.lines.find((line) => !line.text && line.start <= seconds && seconds < line.end);
  const rest = silence ? `${word("quiet")} ${Math.ceil(silence.end - seconds)} ${word("seconds")}` : "\u00a0";
  if (by("quiet").textContent !== rest) by("quiet").textContent = rest;
}

// What is done

// Do one step. The sound ends with the press, before anything is sent; `shown` is what somebody said.
function step(act, text = "", { shown = text, quietly = false } = {}) {
  sound.stop();
  const heard = sound.position;
  if (shown) addYou(shown);
  alert("");
  status("thinking");
  const aloud = preferences.aloud && !quietly;
  const what = { act, text, heard, aloud, voice: preferences.voice };
  steps = steps.then(() => send(what)).catch((error) => {
    console.error(error);
    if (shown) field.value = field.value || text; // nothing that was typed is lost
    alert(word("no-answer"));
    status("listening");
  });
  return steps;
}

async function send(what) {
  try {
    if (!server.visit) await begin();
    show(await server.take(what));
  } catch (error) {
    if (!(error instanceof VisitOverError)) throw error;
    await begin();
    alert(word("anew"));
    show(await server.take({ ...what, act: what.act === "wait" ? "open" : what.act, heard: 0 }));
  }
}

async function begin() {
  status("learning");
  await server.begin(preferences.locale);
  status("thinking");
}

function show(answer) {
  if (answer.volume) return changeVolume(answer.volume);
  if (answer.fault) alert(answer.fault);
  if (!answer.lines) return showState();
  reply = answer;
  if (answer.trouble) alert(`${word("no-voice")} ${answer.trouble}`);
  if (answer.lines.length) turn = new SkillTurn(answer, { leading: leading() });
  if (answer.choices) showChoices(answer);
  if (!answer.listening) showChoices({ choices: [] });
  by("relaxation").hidden = !leading();
  if (answer.settings) showSettings(answer.settings);
  if (answer.request) {
    by("request").textContent = JSON.stringify(answer.request, null, 2);
    by("response").textContent = JSON.stringify(answer.response, null, 2);
  }
  if (answer.sound !== null) sound.play(answer, server.soundOf(answer.sound));
  else if (leading() || answer.goes_on) sound.play(answer, "");
  else sound.pass(answer);
  showState();
}

function showChoices({ choices }) {
  const list = by("choices");
  const hadFocus = list.contains(document.activeElement);
  const offered = reply.listening ? choices : [{ want: "open", label: word("open") }];
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
  if (hadFocus) (list.firstElementChild ?? field).focus();
}

function choose(want, label) {
  if (want === "open") step("open", "", { shown: label });
  else if (want === "stop") stop();
  else step("touch", want, { shown: label });
}

// Stop silences an answer, and nothing else is lost by it; it ends a relaxation, and where nothing is heard, the visit.
function stop() {
  if (sound.playing && !leading()) {
    sound.stop();
    status("silenced");
  } else {
    step("say", word("stop").toLowerCase(), { shown: word("stop"), quietly: true });
  }
}

function say(text) {
  step("say", text);
}

// Settings

function showSettings({ rate, simple, hearing }) {
  by("rate").textContent = rate + 1;
  for (const [mode, on] of Object.entries({ simple, hearing })) {
    const button = document.querySelector(`[data-mode="${mode}"]`);
    button.textContent = on ? button.dataset.off : button.dataset.on;
  }
}

function changeVolume(steps) {
  prefer({ volume: Math.max(1, Math.min(loudest, preferences.volume + steps)) });
  showVolume();
  if (reply) showState();
}

function showVolume() {
  sound.volume = preferences.volume / loudest;
  by("volume").textContent = preferences.volume;
  by("quieter").disabled = preferences.volume <= 1;
  by("louder").disabled = preferences.volume >= loudest;
}

function showAloud() {
  by("aloud").checked = preferences.aloud;
  // Two voices at once help nobody: a screen reader is only told of new words when we are silent.
  by("log").setAttribute("aria-live", preferences.aloud ? "off" : "polite");
}

function start(aloud) {
  prefer({ aloud });
  showAloud();
  begun = true;
  by("start").hidden = true;
  by("talk").hidden = false;
  by("stop").disabled = false;
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
  button.addEventListener("click", () => say(button.dataset.says));
});
document.querySelectorAll("[data-mode]").forEach((button) => {
  button.addEventListener("click", () => say(button.textContent));
});

by("louder").addEventListener("click", () => changeVolume(volumeStep));
by("quieter").addEventListener("click", () => changeVolume(-volumeStep));
by("aloud").addEventListener("change", () => {
  prefer({ aloud: by("aloud").checked });
  showAloud();
  sound.muted = !preferences.aloud;
});
by("follow").addEventListener("change", () => prefer({ follow: by("follow").checked }));
by("voice").addEventListener("change", () => prefer({ voice: by("voice").value }));
by("locale").addEventListener("change", () => {
  prefer({ locale: by("locale").value });
  server.leave(sound.position);
  server.visit = "";
  if (begun) step("open", "", { shown: preferences.locale });
});

by("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(asText());
    by("copied").textContent = word("copied");
  } catch {
    by("copied").textContent = word("not-copied");
  }
});

const listening = new Listening({
  button: by("speak"),
  consent: by("consent"),
  heard: (text) => (field.value = text),
  ended: (text) => {
    field.value = "";
    if (text) say(text);
    else alert(word("not-heard"));
  },
  failed: () => alert(word("not-heard")),
});
by("speak").hidden = !canListen;
by("no-recognition").hidden = canListen;
by("speak").addEventListener("click", () => {
  if (!listening.on) sound.stop();
  listening.toggle(preferences.locale);
});

window.addEventListener("pagehide", () => server.leave(sound.position));

by("follow").checked = preferences.follow;
for (const name of ["voice", "locale"]) {
  by(name).value = preferences[name];
  if (by(name).value !== preferences[name]) prefer({ [name]: by(name).options[0].value }); // it is gone
}
by("locale").value = preferences.locale;
showVolume();
showAloud();
