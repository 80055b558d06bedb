// The whole conversation, in order; nothing in it is ever taken away.

import { word } from "./words.js";

const log = document.getElementById("log");

// A telephone number: three digits or more, but no year.
const NUMBER = /\b(?!(?:19|20)\d\d\b)\d(?:[ -]?\d){2,}\b/g;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function withNumbers(note) {
  const paragraph = element("p", "note");
  let end = 0;
  for (const match of note.matchAll(NUMBER)) {
    paragraph.append(note.slice(end, match.index));
    const link = element("a", "", match[0]);
    link.href = `tel:${match[0].replace(/\D/g, "")}`;
    paragraph.append(link);
    end = match.index + match[0].length;
  }
  paragraph.append(note.slice(end));
  return paragraph;
}

function add(turn, { scroll = true } = {}) {
  const before = log.lastElementChild;
  log.append(turn);
  if (!scroll) return; // whoever is at the settings stays there
  // An answer is read from its start, together with what it answers.
  const asked = turn.classList.contains("skill") && before?.classList.contains("you");
  (asked ? before : turn).scrollIntoView({ block: "start" });
}

export function addYou(text, { scroll }) {
  const turn = element("div", "turn you");
  const paragraph = element("p", "", text);
  paragraph.prepend(element("span", "who", word("you")), " ");
  turn.append(paragraph);
  add(turn, { scroll });
}

// One reply. Words that are led through are shown as they are spoken, all others at once.
export class SkillTurn {
  #sentences = [];
  #words = element("p", "words");
  #turn;

  constructor(reply, { leading, scroll }) {
    this.reply = reply;
    this.leading = leading;
    this.#turn = element("div", "turn skill");
    this.#turn.classList.toggle("urgent", reply.urgent);
    this.#turn.classList.toggle("leading", leading);
    this.#turn.append(element("p", "who", word("skill")));
    if (reply.title && reply.title !== word("title")) this.#turn.append(element("h3", "", reply.title));
    // A number to call is seen before anything is read.
    const notes = reply.notes.map(withNumbers);
    const numbers = notes.filter((note) => note.querySelector("a"));
    this.#turn.append(...numbers, this.#words, ...notes.filter((note) => !numbers.includes(note)));
    if (!leading) reply.lines.forEach((_, index) => this.#show(index));
    add(this.#turn, { scroll });
  }

  // Mark the line that is heard now, -1 for none; `marked` tells whether it is to be seen.
  follow(index, { marked }) {
    if (this.leading && index >= 0) this.#keepingInView(() => this.#show(index));
    this.#sentences.forEach((sentence) => sentence?.removeAttribute("aria-current"));
    if (marked && index >= 0) this.#sentences[index]?.setAttribute("aria-current", "true");
  }

  #show(index) {
    const { text } = this.reply.lines[index];
    if (!text || this.#sentences[index]) return;
    const sentence = element("span", "sentence", text);
    this.#sentences[index] = sentence;
    this.#words.append(sentence, " ");
  }

  // Whoever sees the newest sentence goes on to the next; whoever reads elsewhere stays there.
  #keepingInView(show) {
    const before = this.#words.lastElementChild;
    const box = before?.getBoundingClientRect();
    const seen = !box || (box.bottom > 0 && box.top < window.innerHeight);
    show();
    if (seen) this.#words.lastElementChild?.scrollIntoView({ block: "nearest" });
  }
}

// The conversation as plain text, a turn a line.
export function asText() {
  return [...log.children].map((turn) => [...turn.children].map((part) => part.textContent.trim()).join(" ")).join("\n");
}
