// The chat page. The session lives in this page's memory only, unless the worker chooses that it is kept on the phone.
import { cover, exitBy } from "../shared/exit.js";
import { wordsOf, write } from "../shared/words.js";
import * as aloud from "./aloud.js";
import { connect } from "./connection.js";
import * as device from "./device.js";
import { meetHost } from "./host.js";
import { makePicker } from "./picker.js";
import { line, makeTalk } from "./talk.js";
import { makeTools } from "./tools.js";

const page = document.body;
const part = (id) => document.getElementById(id);
const base = page.dataset.base;
const say = wordsOf(page);
const box = part("text");
const status = part("status");
const exit = part("exit");
let language = page.dataset.language;
let visible = true;
let bubbles = new Map();

const sourcesOf = (topic, lang) =>
  fetch(`${base}/answers/${encodeURIComponent(topic)}/sources?lang=${encodeURIComponent(lang)}`, {
    cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer",
  }).then((response) => (response.ok ? response.json().then((data) => data.lines) : [say("sources_failed")]));

const tools = makeTools(document, say, status, sourcesOf);
const talk = makeTalk(document, part("talk"), say, (choice) => speak(choice.payload, choice.title));

const connection = connect(base, () => language, {
  messages(list) {
    let number = 1;
    let first = null;
    list.forEach((message) => {
      const bubble = talk.show(message, number);
      tools.add(bubble, message);
      number += (message.buttons || []).length;
      first = first || bubble;
      if (message.from === "officer") part("person").hidden = false;
      else if (message.from === "service" && message.kind !== "safety") part("person").hidden = true;
    });
    if (bubbles.asked && first) bubbles.asked.scrollIntoView({ block: "start" });
    bubbles.asked = null;
    if (!visible) host.tell("news");
  },
  state(name) {
    part("typing").hidden = name !== "typing";
    part("lost").hidden = name !== "waiting";
    status.textContent = { typing: say("typing"), opening: say("opening"), waiting: say("waiting") }[name] || "";
    part("over").hidden = true;
  },
  sent(item) {
    const bubble = bubbles.get(item);
    if (bubble) bubble.classList.remove("unsent");
    bubbles.delete(item);
  },
  refused(item, why) {
    giveBack([item]);
    status.textContent = `${why} ${say("refused")}`;
  },
  ended(items) {
    giveBack(items);
    device.forget();
    over();
  },
});

function giveBack(items) {
  const texts = items.filter((each) => !each.shown).map((each) => each.text);
  items.forEach((each) => {
    if (bubbles.has(each)) bubbles.get(each).remove();
    bubbles.delete(each);
  });
  if (texts.length) box.value = [...texts, box.value].filter(Boolean).join("\n");
}

function over() {
  part("over").hidden = false;
  part("keep").checked = false;
  status.textContent = say("ended");
}

function speak(text, shown) {
  aloud.hush();
  talk.dropChoices();
  part("typing").hidden = false;
  const bubble = talk.show({ from: "worker", kind: "question", text: shown || text });
  bubble.classList.add("unsent");
  bubbles.asked = bubble;
  bubble.scrollIntoView({ block: "start" });
  bubbles.set(connection.say(text, shown), bubble);
}

function forget() {
  aloud.hush();
  talk.clear();
  bubbles = new Map();
  part("person").hidden = true;
  part("ways").hidden = true;
  part("phrase").value = "";
}

function end() {
  device.forget();
  connection.end();
  forget();
}

const host = meetHost(JSON.parse(page.dataset.hosts), exit.href, {
  leave() {
    cover(document);
    box.value = "";
    end();
  },
  shown(now) {
    visible = now;
    // Not the box: on a phone its keyboard would hide the number to call.
    if (now) part("main").focus({ preventScroll: true });
  },
});

exitBy(document, exit, say, () => {
  box.value = "";
  end();
  if (host.embedded) host.leave();
  return host.embedded;
});

async function speakIn(code) {
  const response = await fetch(`${base}/chat/words?lang=${encodeURIComponent(code)}`, { cache: "no-store", credentials: "omit" });
  if (!response.ok) return;
  const data = await response.json();
  language = code;
  say.use(data.words);
  document.documentElement.lang = data.lang;
  document.documentElement.dir = data.dir;
  write(document, say);
  part("danger-lines").textContent = "";
  part("danger-lines").append(
    ...data.danger.map(({ lang, dir, lines }) => {
      const list = document.createElement("div");
      Object.assign(list, { lang, dir });
      list.append(...lines.map((text) => line(document, text)));
      return list;
    }),
  );
  part("english-buttons").hidden = data.lang === code;
  picker.mark(code);
}

const picker = makePicker(document, say, (code) =>
  speakIn(code)
    .then(() => connection.languageChosen())
    .catch(() => {
      status.textContent = say("trouble");
    }),
);

part("write").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (text) {
    box.value = "";
    speak(text);
  }
  box.focus();
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    part("send").click();
  }
});
part("again").addEventListener("click", () => connection.tryNow());
part("end").addEventListener("click", () => {
  end();
  over();
});
part("anew").addEventListener("click", () => {
  part("over").hidden = true;
  connection.anew();
  box.focus();
});
part("hide").hidden = !host.embedded;
part("hide").addEventListener("click", () => host.tell("hide"));
document.querySelectorAll("[data-say]").forEach((button) => {
  button.addEventListener("click", () => {
    part("menu").open = false;
    speak(button.dataset.say, button.textContent);
  });
});

part("keep").addEventListener("change", () => {
  if (!part("keep").checked) device.forget();
  else if (!connection.token() || !device.keep(connection.token())) {
    part("keep").checked = false;
    status.textContent = say("keep_failed");
  }
});

part("return").addEventListener("submit", async (event) => {
  event.preventDefault();
  const phrase = part("phrase").value.trim();
  part("phrase").value = "";
  if (!phrase) {
    part("phrase").focus();
    return;
  }
  const shownBefore = [...part("talk").children];
  const wrong = await connection.comeBack(phrase);
  if (wrong === null) {
    shownBefore.forEach((each) => each.remove());
    part("ways").hidden = false;
    part("menu").open = false;
  } else {
    status.textContent = wrong || say("waiting");
  }
});
part("earlier").addEventListener("click", async () => {
  const messages = await connection.earlier().catch(() => null);
  if (!messages) {
    status.textContent = say("waiting");
    return;
  }
  talk.clear();
  messages.forEach((each) => tools.add(talk.show(each), each));
});

async function begin() {
  const session = device.kept();
  if (!session) {
    connection.start();
    return;
  }
  // Somebody else may hold the phone now: it is opened only by who asks for it.
  part("kept").hidden = false;
  part("kept-open").addEventListener("click", async () => {
    const went = await connection.resume(session);
    if (went === null) {
      status.textContent = say("waiting");
      return;
    }
    part("kept").hidden = true;
    if (went) {
      part("keep").checked = true;
      part("ways").hidden = false;
    } else {
      device.forget();
      connection.start();
    }
  });
  part("kept-drop").addEventListener("click", () => {
    device.forget();
    part("kept").hidden = true;
    connection.start();
  });
}

picker.mark(language);
begin();
