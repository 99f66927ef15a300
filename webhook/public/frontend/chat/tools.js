// What can be done with one message: hear it, copy it, keep it as a file, print it, see where it comes from.
import * as aloud from "./aloud.js";

const FILE_NAME = "notes.txt";

function copyText(doc, text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).catch(() => copyBySelection(doc, text));
  return Promise.resolve(copyBySelection(doc, text));
}

function copyBySelection(doc, text) {
  const box = doc.createElement("textarea");
  box.value = text;
  doc.body.append(box);
  box.select();
  doc.execCommand("copy");
  box.remove();
}

/** A file made here, of what the page holds: no address anywhere names it. */
function offer(doc, name, type, text) {
  const link = doc.createElement("a");
  const address = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.href = address;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function print(doc, bubble) {
  doc.documentElement.classList.add("printing-one");
  bubble.classList.add("printed");
  window.print();
  doc.documentElement.classList.remove("printing-one");
  bubble.classList.remove("printed");
}

export function makeTools(doc, say, status, sourcesOf) {
  function button(word, work) {
    const made = doc.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = say(word);
    made.addEventListener("click", () => work(made));
    return made;
  }

  function listen(message) {
    return button("listen", (made) => {
      const reading = made.getAttribute("aria-pressed") === "true";
      const stopped = () => {
        made.setAttribute("aria-pressed", "false");
        made.textContent = say("listen");
      };
      if (reading) {
        aloud.hush();
        stopped();
        return;
      }
      made.setAttribute("aria-pressed", "true");
      made.textContent = say("listen_stop");
      aloud.read(message.text, message.lang, stopped);
    });
  }

  function sources(message, place) {
    return button("sources", async (made) => {
      made.disabled = true;
      const lines = await sourcesOf(message.topic, message.lang).catch(() => [say("sources_failed")]);
      const list = doc.createElement("ul");
      lines.forEach((each) => {
        const item = doc.createElement("li");
        item.textContent = each;
        list.append(item);
      });
      place.append(list);
      made.remove();
    });
  }

  return {
    /** The tools below a message. */
    add(bubble, message) {
      if (message.file) {
        const { name, type, text } = message.file;
        const made = button("calendar", () => offer(doc, name, type, text));
        made.className = "";
        bubble.append(made);
      }
      if (message.from === "worker" || !["answer", "safety"].includes(message.kind)) return;
      const fold = doc.createElement("details");
      const title = doc.createElement("summary");
      const place = doc.createElement("div");
      fold.className = "tools";
      fold.lang = doc.documentElement.lang;
      fold.dir = doc.documentElement.dir;
      title.textContent = say("about_message");
      if (aloud.voiceFor(message.lang)) place.append(listen(message));
      place.append(
        button("copy", () =>
          copyText(doc, message.text).then(() => {
            status.textContent = say("copied");
          }),
        ),
        button("save", () => offer(doc, FILE_NAME, "text/plain", message.text)),
        button("print", () => print(doc, bubble)),
      );
      if (message.topic) place.append(sources(message, place));
      const warning = doc.createElement("p");
      warning.className = "small";
      warning.textContent = say("file_warning");
      fold.append(title, place, warning);
      bubble.append(fold);
    },
  };
}
