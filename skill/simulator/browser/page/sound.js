// Plays one reply at a time, and tells which of its lines is heard. A reply without sound passes by the clock, for
// those who read along.

const LOOKS = 100; // milliseconds between two looks at the time

export class Sound {
  #audio = new Audio();
  #reply = null;
  #began = 0; // when a reply without sound began, in milliseconds
  #silentFrom = 0; // the second at which it began
  #timer = 0;
  #line = -1;
  #position = 0;
  #halted = null; // the reply that was broken off, and can be gone on with

  // `line(index)` is told of each line that begins, -1 after the last; `tick(seconds)` of the time; `ended()`;
  // `broke()` when the sound cannot be played and the reply goes on without it.
  constructor({ line, tick, ended, broke }) {
    this.told = { line, tick, ended, broke };
    this.#audio.preload = "auto";
    this.#audio.addEventListener("ended", () => this.#end());
    this.#audio.addEventListener("error", () => this.#breakOff());
  }

  get playing() {
    return this.#reply !== null;
  }

  // Seconds of the last reply that were heard.
  get position() {
    if (this.#reply === null) return this.#position;
    const reached = this.#silent ? this.#silentFrom + (performance.now() - this.#began) / 1000 : this.#audio.currentTime;
    return Math.min(reached, this.#reply.seconds);
  }

  get #silent() {
    return this.#began > 0;
  }

  set muted(muted) {
    this.#audio.muted = muted;
  }

  set volume(share) {
    this.#audio.volume = share;
  }

  // Play a reply from its start; without a `url` it passes in silence.
  play(reply, url) {
    this.stop();
    this.#line = -1;
    this.#position = 0;
    if (url) this.#audio.src = url;
    this.#goOn(reply, { silently: !url });
  }

  // Be silent at once.
  stop() {
    if (this.#reply === null) return;
    this.#position = this.position;
    this.#halted = { reply: this.#reply, silently: this.#silent };
    this.#audio.pause();
    this.#finish();
  }

  // Be silent at once, and for good.
  end() {
    this.stop();
    this.#halted = null;
  }

  // Go on where it was stopped: what interrupted it came to nothing.
  resume() {
    if (this.#halted !== null) this.#goOn(this.#halted.reply, this.#halted);
  }

  // Take a reply, and say nothing of it before it is gone on with.
  hold(reply, url) {
    this.stop();
    this.#line = -1;
    this.#position = 0;
    if (url) this.#audio.src = url;
    this.#halted = { reply, silently: !url };
  }

  // Count a reply that was only shown as heard.
  pass(reply) {
    this.stop();
    this.#halted = null;
    this.#position = reply.seconds;
  }

  #goOn(reply, { silently }) {
    this.#halted = null;
    const from = this.#position;
    this.#reply = reply;
    if (silently) {
      this.#passSilently(from);
    } else {
      this.#audio.play().catch((error) => {
        if (error.name !== "AbortError") this.#breakOff(); // it was stopped before it could begin
      });
    }
    this.#timer = setInterval(() => this.#look(), LOOKS);
    this.told.line(this.#line);
    this.#look();
  }

  #passSilently(from) {
    this.#silentFrom = from;
    this.#began = performance.now();
  }

  #breakOff() {
    if (this.#reply === null || this.#silent) return;
    this.#passSilently(this.#audio.currentTime || 0);
    this.told.broke();
  }

  #look() {
    if (this.#reply === null) return;
    const now = this.position;
    const lines = this.#reply.lines;
    while (this.#line + 1 < lines.length && lines[this.#line + 1].start <= now) {
      this.#line += 1;
      this.told.line(this.#line);
    }
    this.told.tick(now);
    if (this.#silent && now >= this.#reply.seconds) this.#end();
  }

  #end() {
    if (this.#reply === null) return;
    this.#position = this.#reply.seconds;
    this.#finish();
    this.told.ended();
  }

  #finish() {
    if (this.#reply === null) return;
    clearInterval(this.#timer);
    this.#reply = null;
    this.#began = 0;
    this.told.line(-1);
  }
}
