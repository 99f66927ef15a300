// The conversation with the service over a bad line: one message after the other, each with a name of its own, so that
// sending it again is safe. The session's token is in this closure's memory only.
import { readEvents } from "./stream.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const PATIENCE = 45000;
const POLL_EVERY = 5000;
const POLLS_BEFORE_EVENTS = 6;

const sleep = (time) => new Promise((done) => setTimeout(done, time));

/**
 * `hear` gets what happens: messages(list), state("opening" | "typing" | "waiting" | ""), sent(item),
 * refused(item, why), ended(items).
 */
export function connect(base, language, hear) {
  const queue = [];
  const seen = new Set();
  const running = new Set();
  let token = null;
  let last = "";
  let opening = null;
  let busy = false;
  let timer = null;
  let wait = FIRST_WAIT;
  let over = false;
  let untold = false; // a language was chosen that the service does not know of yet

  function request(path, options, signal) {
    const headers = { "Accept-Language": language() }; // in which an error is told
    if (token) headers.Authorization = `Bearer ${token}`;
    if (options.body) headers["Content-Type"] = "application/json";
    const quiet = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
    return fetch(base + path, { ...options, ...quiet, headers, signal });
  }

  async function ask(path, options = {}) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    running.add(stop);
    try {
      const response = await request(path, options, stop.signal);
      const text = await response.text();
      return { status: response.status, data: text ? JSON.parse(text) : {} };
    } finally {
      clearTimeout(clock);
      running.delete(stop);
    }
  }

  function take(messages, own = false) {
    const fresh = messages.filter((each) => !seen.has(each.id));
    fresh.forEach((each) => seen.add(each.id));
    if (messages.length) last = messages[messages.length - 1].id;
    const shown = own ? fresh : fresh.filter((each) => each.from !== "worker");
    if (shown.length) hear.messages(shown);
  }

  function begin(data) {
    token = data.session;
    take(data.messages);
    listen(token);
  }

  function open() {
    if (token) return Promise.resolve();
    if (!opening) {
      opening = ask("/chat/sessions", { method: "POST", body: JSON.stringify({ language: language() }) })
        .then(({ status, data }) => {
          if (status !== 201) throw new Error(String(status));
          untold = false;
          begin(data);
        })
        .finally(() => {
          opening = null;
        });
    }
    return opening;
  }

  function later() {
    hear.state("waiting");
    clearTimeout(timer);
    timer = setTimeout(pump, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  async function deliver(item) {
    if (untold) {
      const body = JSON.stringify({ language: language() });
      const told = await ask("/chat/sessions/current/language", { method: "PUT", body });
      if (told.status >= 500 || !item) return told;
      untold = false;
    }
    if (!item) return { status: 204, data: {} };
    return ask("/chat/messages", { method: "POST", body: JSON.stringify({ text: item.text, client_id: item.id }) });
  }

  async function pump() {
    if (busy || over || (token && !queue.length && !untold)) return;
    busy = true;
    const item = queue[0];
    let answer = null;
    try {
      hear.state(item ? "typing" : "opening");
      await open();
      answer = await deliver(item);
    } catch (fault) {
      answer = null;
    }
    busy = false;
    if (over) return;
    if (!answer || answer.status >= 500 || answer.status === 429) {
      later();
      return;
    }
    wait = FIRST_WAIT;
    if (answer.status === 401) {
      finish();
      return;
    }
    hear.state("");
    if (!item) untold = false;
    if (item) {
      queue.shift();
      if (answer.status >= 400) {
        hear.refused(item, answer.data.error ? answer.data.error.message : "");
      } else {
        hear.sent(item);
        take(answer.data.messages);
      }
    }
    pump();
  }

  function finish() {
    token = null;
    hear.state("");
    hear.ended(queue.splice(0));
  }

  async function newer() {
    const { status, data } = await ask(`/chat/messages?after=${encodeURIComponent(last)}`);
    if (status === 200) take(data.messages);
    return status;
  }

  async function listen(mine) {
    const ours = () => !over && token === mine;
    while (ours()) {
      const stop = new AbortController();
      running.add(stop);
      try {
        const response = await request(`/chat/events?after=${encodeURIComponent(last)}`, {}, stop.signal);
        if (!response.ok || !response.body) throw new Error(String(response.status));
        await readEvents(response.body, stop, (message) => ours() && take([message]));
        await sleep(FIRST_WAIT);
      } catch (fault) {
        for (let polls = 0; polls < POLLS_BEFORE_EVENTS && ours(); polls += 1) {
          const status = await newer().catch(() => 0);
          if (status === 401 && ours()) finish();
          await sleep(POLL_EVERY);
        }
      } finally {
        running.delete(stop);
      }
    }
  }

  function hush() {
    over = true;
    clearTimeout(timer);
    queue.length = 0;
    running.forEach((each) => each.abort());
  }

  window.addEventListener("online", () => {
    wait = FIRST_WAIT;
    pump();
  });

  return {
    token: () => token,
    start: pump,
    tryNow: () => {
      wait = FIRST_WAIT;
      pump();
    },
    say(text, shown) {
      const item = { text, shown, id: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}` };
      queue.push(item);
      pump();
      return item;
    },
    languageChosen() {
      untold = Boolean(token);
      pump();
    },
    /** Goes on with a session that was kept. What was written stays unsaid until it is asked for. False when it is over. */
    async resume(session) {
      token = session;
      const { status, data } = await ask("/chat/messages").catch(() => ({ status: 0, data: {} }));
      if (status !== 200) {
        token = null;
        return status === 401 ? false : null;
      }
      data.messages.forEach((each) => seen.add(each.id));
      begin({ session, messages: data.messages.slice(-1) });
      return true;
    },
    /** Opens an earlier chat by its words; the one under way ends. Tells what is wrong, or nothing. */
    async comeBack(phrase) {
      const before = token;
      token = null;
      const { status, data } = await ask("/chat/sessions", { method: "POST", body: JSON.stringify({ phrase }) }).catch(
        () => ({ status: 0, data: {} }),
      );
      token = before;
      if (status !== 201) return data.error ? data.error.message : false;
      this.end();
      over = false;
      begin(data);
      return null;
    },
    /** Everything that was written, once more. */
    async earlier() {
      const { status, data } = await ask("/chat/messages");
      if (status !== 200) return null;
      data.messages.forEach((each) => seen.add(each.id));
      return data.messages;
    },
    /** Ends the session on the server, even while the page goes away. Nothing is asked for any more. */
    end() {
      const mine = token;
      hush();
      token = null;
      if (!mine) return;
      if ("keepalive" in Request.prototype) {
        const headers = { Authorization: `Bearer ${mine}` };
        fetch(`${base}/chat/sessions/current`, { method: "DELETE", keepalive: true, headers, credentials: "omit" }).catch(
          () => {},
        );
      } else {
        navigator.sendBeacon(`${base}/chat/sessions/current/end`, mine);
      }
    },
    /** After `end`: ready for a new session. */
    anew() {
      over = false;
      busy = false;
      last = "";
      seen.clear();
      pump();
    },
  };
}
