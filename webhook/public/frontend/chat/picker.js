// The language picker: every language by its own name, found by typing its name in that language or in English.

/** `chosen(code)` is called with the language that was taken. */
export function makePicker(doc, say, chosen) {
  const fold = doc.getElementById("languages");
  const find = doc.getElementById("find");
  const none = doc.getElementById("none");
  const buttons = [...fold.querySelectorAll("button[data-code]")];

  function narrow() {
    const wanted = find.value.trim().toLowerCase();
    let left = 0;
    buttons.forEach((each) => {
      const fits = `${each.textContent} ${each.dataset.name} ${each.dataset.code}`.toLowerCase().includes(wanted);
      each.parentElement.hidden = !fits;
      left += fits;
    });
    none.textContent = left ? "" : say("language_none");
  }

  find.addEventListener("input", narrow);
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = buttons.find((each) => !each.parentElement.hidden);
    if (first) first.click();
  });
  buttons.forEach((each) => {
    each.addEventListener("click", () => {
      find.value = "";
      narrow();
      fold.open = false;
      fold.querySelector("summary").focus();
      chosen(each.dataset.code);
    });
  });

  return {
    /** Marks the language that holds. */
    mark(code) {
      buttons.forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.code === code)));
      const now = buttons.find((each) => each.dataset.code === code);
      if (now) {
        const name = doc.getElementById("language");
        name.textContent = now.textContent;
        name.lang = code;
        name.dir = now.dir;
      }
    },
  };
}
