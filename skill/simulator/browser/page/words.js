// The page's words: they come with the page, out of the content, and none stands in a script.

const words = JSON.parse(document.body.dataset.words);

export function word(key) {
  if (!(key in words)) throw new Error(`content/en/page.toml has no word "${key}"`);
  return words[key];
}
