// The words of the page, which the service wrote into it: no word stands in a script.

/** The words in `element`'s data, as a function of key and values. `use(words)` puts others in their place. */
export function wordsOf(element) {
  let words = JSON.parse(element.dataset.words);
  const say = (key, values = {}) =>
    Object.keys(values).reduce((said, name) => said.split(`{${name}}`).join(String(values[name])), words[key] || "");
  say.use = (others) => {
    words = others;
  };
  return say;
}

/** Writes the words into every element that names one: data-word for its text, data-word-label for its label. */
export function write(doc, say) {
  doc.querySelectorAll("[data-word]").forEach((each) => {
    each.textContent = say(each.dataset.word);
  });
  doc.querySelectorAll("[data-word-label]").forEach((each) => {
    each.setAttribute("aria-label", say(each.dataset.wordLabel));
  });
}
