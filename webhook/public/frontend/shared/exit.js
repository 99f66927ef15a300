// Leaving at once, as GOV.UK's "Exit this page" does: by its button, or by Shift three times within five seconds.

const PATIENCE = 5000;
const PRESSES = 3;

/** Hides all of the page at once. The page that comes next may be slow. */
export function cover(doc) {
  doc.documentElement.classList.add("left");
  doc.title = "";
}

/** Tells of every Shift that is pressed by itself: `told` gets how many are left, or null when they came too slowly. */
export function watchShift(doc, told) {
  let presses = 0;
  let timer = null;
  let inCombination = false;
  doc.addEventListener("keyup", (event) => {
    if (event.key === "Shift" && !inCombination) {
      presses += 1;
      clearTimeout(timer);
      timer = setTimeout(() => {
        presses = 0;
        told(null);
      }, PATIENCE);
      if (presses >= PRESSES) {
        clearTimeout(timer);
        presses = 0;
        told(0);
      } else {
        told(PRESSES - presses);
      }
    }
    inCombination = event.shiftKey;
  });
}

/**
 * The button and the keys of a page. `say(key, values)` gives words. `leave` is done first, while the page is covered;
 * it tells whether somebody else brings the next page.
 */
export function exitBy(doc, button, say, leave) {
  const said = doc.getElementById("exit-said");
  const dots = doc.getElementById("exit-dots");
  const go = () => {
    cover(doc);
    if (!leave()) doc.defaultView.location.replace(button.href);
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  watchShift(doc, (left) => {
    dots.dataset.on = left === null || left === 0 ? "0" : String(PRESSES - left);
    if (left === 0) {
      go();
    } else if (left === null) {
      said.textContent = say("exit_late");
    } else {
      said.textContent = left === 1 ? say("exit_last") : say("exit_more", { left });
    }
  });
}
