// The chat page's own script in Node with the few parts of a browser it touches: `node page_in_node.js SCRIPT STEPS`.
// STEPS is JSON: {answers: {"METHOD path": [[status, body], ...]}, steps: [["submit", form, field, text] | ["click", id] | ["wait"]]}.
// Prints JSON: what was asked for, what the talk shows, what the page says, and what the fields hold.
"use strict";
const fs = require("fs");
const vm = require("vm");

const given = JSON.parse(process.argv[3]);
const asked = [];

class Part {
  constructor(id) {
    Object.assign(this, { id, dataset: {}, children: [], handlers: {}, value: "", hidden: false, text: "" });
  }
  addEventListener(name, handler) { this.handlers[name] = handler; }
  append(...parts) { this.children.push(...parts); }
  scrollIntoView() {}
  focus() {}
  remove() {}
  requestSubmit() { this.handlers.submit({ preventDefault() {} }); }
  set textContent(text) { this.text = text; this.children = []; }
  get textContent() { return this.text + this.children.map((each) => each.textContent).join(" "); }
  querySelectorAll() { return orders; }
}

const parts = {};
const part = (id) => (parts[id] = parts[id] || new Part(id));
part("ways").hidden = true;
Object.assign(part("write").dataset, { base: "", you: "You", us: "Answer", waiting: "wait", lost: "lost", ended: "ended" });
const orders = ["my choice", "delete"].map((order) => {
  const button = part(order);
  button.dataset.say = order;
  button.text = order;
  return button;
});

const document = {
  getElementById: part,
  createElement: () => new Part(""),
  createTextNode: (text) => Object.assign(new Part(""), { text }),
  addEventListener() {},
  documentElement: {},
};

function fetch(path, options) {
  const call = `${options.method || "GET"} ${path.split("?")[0]}`;
  asked.push({ call, path, body: options.body ? JSON.parse(options.body) : null, as: options.headers.Authorization || "" });
  const answers = given.answers[call] || [];
  const [status, body] = answers.length > 1 ? answers.shift() : answers[0] || [503, { error: { message: "busy" } }];
  return Promise.resolve({ ok: status < 300, status, json: () => Promise.resolve(body), body: null });
}

const page = { document, fetch, location: { replace() {} }, Date, Math, JSON, encodeURIComponent, setTimeout() {}, setInterval() {}, Promise, Error };
vm.runInNewContext(fs.readFileSync(process.argv[2], "utf8"), page);

const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));

(async () => {
  await settled();
  for (const [what, where, field, text] of given.steps) {
    if (what === "submit") { part(field).value = text; part(where).requestSubmit(); }
    if (what === "click") { part(where).handlers.click({ preventDefault() {} }); }
    await settled();
  }
  console.log(JSON.stringify({
    asked,
    talk: part("talk").children.map((bubble) => bubble.textContent.replace(/^(You|Answer) /, "")),
    state: part("state").textContent,
    phrase: part("phrase").value,
    ways: !part("ways").hidden,
  }));
})();
