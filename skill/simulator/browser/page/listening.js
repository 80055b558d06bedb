// Speech recognition, where the browser has it. One press begins, another ends: nobody has to hold a button, and
// pauses are never taken for the end.

import { word } from "./words.js";

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

export const canListen = Boolean(Recognition);

export class Listening {
  #recognition = null;
  #allowed = false;
  #wanted = false;

  // `began()` is told when it listens; `heard(text)` gets what is understood so far, `ended(text)` all of it, empty
  // when that is nothing; `gaveUp()` is told when the browser ends it by itself, `failed()` when it cannot listen.
  constructor({ button, consent, began, heard, ended, gaveUp, failed }) {
    this.button = button;
    this.consent = consent;
    this.told = { began, heard, ended, gaveUp, failed };
  }

  // Begin, or end what was begun.
  async toggle(locale) {
    if (this.#recognition) {
      this.#wanted = false;
      this.#recognition.stop();
      return;
    }
    const here = await this.#isLocal(locale);
    if (!here && !this.#allowed && !(await this.#ask())) return;
    this.#begin(locale, here);
  }

  // Whether this browser can do it on this computer, without sending the voice anywhere.
  async #isLocal(locale) {
    try {
      return (await Recognition.available?.({ langs: [locale], processLocally: true })) === "available";
    } catch {
      return false; // an older browser, or one that knows no such language
    }
  }

  #ask() {
    this.consent.returnValue = "no";
    this.consent.showModal();
    return new Promise((resolve) => {
      const closed = () => {
        this.#allowed = this.consent.returnValue === "yes";
        resolve(this.#allowed);
      };
      this.consent.addEventListener("close", closed, { once: true });
    });
  }

  #begin(locale, here) {
    const recognition = new Recognition();
    recognition.lang = locale;
    recognition.continuous = true;
    recognition.interimResults = true;
    if (here) recognition.processLocally = true;
    let text = "";
    recognition.addEventListener("result", (event) => {
      text = [...event.results].map((result) => result[0].transcript.trim()).join(" ");
      this.told.heard(text);
    });
    recognition.addEventListener("error", (event) => {
      if (!["no-speech", "aborted"].includes(event.error)) this.told.failed();
    });
    recognition.addEventListener("end", () => {
      const asked = !this.#wanted;
      this.#show(null);
      if (asked) this.told.ended(text);
      else this.told.gaveUp();
    });
    this.#wanted = true;
    this.#show(recognition);
    this.told.began();
    recognition.start();
  }

  #show(recognition) {
    this.#recognition = recognition;
    this.button.textContent = word(recognition ? "done" : "speak");
    this.button.classList.toggle("main", Boolean(recognition));
  }
}
