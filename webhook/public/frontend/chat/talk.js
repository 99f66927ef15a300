// The messages on the page: who wrote them, in which language and direction, folded when they are long.

const FOLD_OVER = 700;
const FOLD_AT = 380;
const HEADING_AT_MOST = 60;
const LINKED = /(https:\/\/[^\s<>"]*[^\s<>".,;:)]|\b0\d[\d ]{7,11}\d\b|^[\d ]{3,14}$)/;

/** A line of a message. Numbers can be called and addresses followed; everything else is only text. */
export function line(doc, text) {
  const paragraph = doc.createElement("p");
  text.split(LINKED).forEach((part, place) => {
    if (place % 2 === 0) {
      paragraph.append(part);
      return;
    }
    const link = doc.createElement("a");
    link.dir = "ltr";
    link.textContent = part;
    link.href = part.startsWith("https:") ? part : `tel:${part.replace(/ /g, "")}`;
    if (part.startsWith("https:")) {
      link.target = "_blank";
      link.rel = "noreferrer noopener";
    }
    paragraph.append(link);
  });
  return paragraph;
}

/** A short line with words behind it and no end of a sentence. */
function isHeading(texts, place) {
  const text = texts[place];
  const stands = place > 0 && text && Boolean(texts[place + 1]);
  return stands && text.length < HEADING_AT_MOST && !/^- |[.?:,;\u0964\u06d4\u061f]$/.test(text);
}

/** Where a long answer is folded: after the paragraph with which enough is said, never between a heading and its words. */
function foldPlace(lines, kind) {
  const length = lines.reduce((sum, each) => sum + each.length, 0);
  if (kind !== "answer" || length < FOLD_OVER) return lines.length;
  let said = 0;
  let place = lines.findIndex((each) => {
    said += each.length;
    return said >= FOLD_AT;
  });
  while (place < lines.length - 1 && (!lines[place] || isHeading(lines, place))) place += 1;
  return place + 1;
}

export function makeTalk(doc, log, say, choose) {
  function hidden(text) {
    const span = doc.createElement("span");
    span.className = "unseen";
    span.textContent = `${text}: `;
    return span;
  }

  function fold(bubble, rest) {
    const part = doc.createElement("div");
    part.hidden = true;
    part.append(...rest);
    const button = doc.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = say("more");
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      part.hidden = !part.hidden;
      button.setAttribute("aria-expanded", String(!part.hidden));
      button.textContent = say(part.hidden ? "more" : "less");
    });
    bubble.append(part, button);
  }

  function choices(bubble, message, first) {
    const list = doc.createElement("ol");
    list.className = "choices";
    list.setAttribute("aria-label", say("choose"));
    message.buttons.forEach((each, place) => {
      const item = doc.createElement("li");
      const button = doc.createElement("button");
      const number = doc.createElement("span");
      number.className = "number";
      number.textContent = String(first + place);
      button.type = "button";
      button.append(number, each.title);
      button.addEventListener("click", () => choose(each));
      item.append(button);
      list.append(item);
    });
    bubble.append(list);
  }

  return {
    /** Puts a message on the page and gives its element. `first` is the number of its first choice. */
    show(message, first = 1) {
      const bubble = doc.createElement("div");
      const own = message.from === "worker";
      bubble.className = `message ${message.from} ${message.kind}`;
      if (message.lang && message.lang !== "und") bubble.lang = message.lang;
      if (!own) bubble.dir = message.dir || "auto";
      bubble.tabIndex = -1;
      const who = hidden(say(own ? "you" : message.from === "officer" ? "person" : "us"));
      who.lang = doc.documentElement.lang;
      const texts = message.text.split("\n");
      const lines = texts.map((each, place) => {
        const shown = line(doc, each);
        if (own) shown.dir = "auto";
        if (["answer", "question"].includes(message.kind) && !own && isHeading(texts, place)) shown.className = "heading";
        return shown;
      });
      const place = foldPlace(texts, message.kind);
      bubble.append(who, ...lines.slice(0, place));
      if (place < lines.length) fold(bubble, lines.slice(place));
      if ((message.buttons || []).length) choices(bubble, message, first);
      log.append(bubble);
      return bubble;
    },
    /** Choices that were not taken mean nothing any more once something else was said. */
    dropChoices() {
      log.querySelectorAll(".choices").forEach((each) => each.remove());
    },
    clear() {
      log.textContent = "";
    },
  };
}
