// The few requests that this page makes, all of them to the computer that it came from.

export class NoAnswerError extends Error {}
export class VisitOverError extends Error {}

async function post(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new NoAnswerError(error.message);
  }
  if (response.status === 410) throw new VisitOverError();
  if (!response.ok) throw new NoAnswerError(`${response.status} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}

export class Server {
  visit = "";

  // Begin a visit: a pretend Echo of this page's own.
  async begin(locale) {
    this.visit = (await post("visits", { locale })).visit;
  }

  take(step) {
    return post(`visits/${this.visit}`, step);
  }

  soundOf(number) {
    return `visits/${this.visit}/${number}.wav`;
  }

  // End the visit, `heard` seconds into the last reply, before another begins.
  async end(heard) {
    const left = this.visit;
    this.visit = "";
    try {
      if (left) await post(`visits/${left}/leave`, { heard });
    } catch (error) {
      console.error(error); // a visit that cannot be ended was over
    }
  }

  // The page is being closed, `heard` seconds into the last reply: where it was left is remembered.
  leave(heard) {
    if (!this.visit) return;
    const body = new Blob([JSON.stringify({ heard })], { type: "application/json" });
    navigator.sendBeacon(`visits/${this.visit}/leave`, body);
  }
}
