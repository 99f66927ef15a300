// The plain pages work without this. It lets them be left by the keys, and printed by a button.
import { exitBy } from "../shared/exit.js";
import { wordsOf } from "../shared/words.js";

exitBy(document, document.getElementById("exit"), wordsOf(document.body), () => false);

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
