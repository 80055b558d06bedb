// What this browser remembers for this page alone; where it may not, everything works and is forgotten.

const KEY = "gentle-back";
const USUAL = { aloud: true, follow: true, volume: 10, voice: "", locale: "" };

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export const preferences = { ...USUAL, ...kept() };

export function prefer(changes) {
  Object.assign(preferences, changes);
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // A private window: it holds until the page is closed.
  }
}
