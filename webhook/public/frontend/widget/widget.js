// What a council's page loads: a button, and the chat in a frame from the service's own address. It keeps nothing,
// sets no style that the page's own rules could refuse, and hears only the frame it made.
import { watchShift } from "../shared/exit.js";

const script = document.currentScript;
const { labels, exit } = JSON.parse("__CONFIG__");
const origin = new URL(script.src).origin;
const base = script.src.replace(/\/widget\.js(\?.*)?$/, "");
const SMALL = "(max-width: 32em), (max-height: 32em)";
const PATIENCE = 300;

const wished = (script.dataset.lang || document.documentElement.lang || "en").toLowerCase();
const lang = labels[wished] ? wished : labels[wished.split("-")[0]] ? wished.split("-")[0] : "en";
const label = labels[lang];
const end = script.dataset.side === "left" ? "left" : "right";
let frame = null;
let ready = false;
let shown = false;
let leaving = false;

const put = (element, style) => Object.assign(element.style, style);

const button = document.createElement("button");
button.type = "button";
button.lang = lang;
button.dir = label.dir;
button.textContent = label.chat;
button.setAttribute("aria-expanded", "false");
put(button, {
  position: "fixed", bottom: "1rem", [end]: "1rem", zIndex: "2147483000", minWidth: "4.5rem", minHeight: "3rem",
  padding: ".7rem 1.2rem", font: "bold 1.1rem/1.2 system-ui, sans-serif", color: "#fff", background: "#1b3a5c",
  border: "2px solid #fff", borderRadius: "2rem", cursor: "pointer",
});

function shape() {
  const small = window.matchMedia(SMALL).matches;
  put(frame, small
    ? { inset: "0", top: "0", left: "0", right: "auto", bottom: "auto", width: "100%", height: "100%", borderRadius: "0" }
    : { inset: "auto", top: "auto", left: "auto", right: "auto", bottom: "1rem", width: "25rem", height: "min(42rem, calc(100% - 2rem))", borderRadius: ".5rem", [end]: "1rem" });
}

function tell(what) {
  if (ready || what === "hello") frame.contentWindow.postMessage({ chat: what }, origin);
}

function make() {
  frame = document.createElement("iframe");
  frame.title = label.chat;
  frame.referrerPolicy = "no-referrer";
  frame.allow = "clipboard-write";
  put(frame, { position: "fixed", zIndex: "2147483001", border: "1px solid #1b3a5c", background: "#fff", maxWidth: "100%", colorScheme: "normal" });
  frame.addEventListener("load", () => tell("hello"));
  frame.src = `${base}/widget?lang=${encodeURIComponent(lang)}`;
  shape();
  document.body.append(frame);
  window.matchMedia(SMALL).addListener(shape);
}

function show(open) {
  if (!frame) make();
  shown = open;
  frame.style.display = open ? "block" : "none";
  button.style.display = open ? "none" : "block";
  button.setAttribute("aria-expanded", String(open));
  button.textContent = label.chat;
  tell(open ? "shown" : "hidden");
  if (open) frame.focus();
  else button.focus();
}

function go() {
  if (leaving) return;
  leaving = true;
  window.location.replace(exit);
}

// All of the page is covered at once; the chat ends its session; then another page takes this one's place.
function leave() {
  const sheet = document.createElement("div");
  put(sheet, { position: "fixed", inset: "0", top: "0", left: "0", width: "100%", height: "100%", background: "#fff", zIndex: "2147483647" });
  document.body.append(sheet);
  document.title = "";
  if (!ready) {
    go();
    return;
  }
  tell("leave");
  setTimeout(go, PATIENCE);
}

window.addEventListener("message", (event) => {
  if (!frame || event.origin !== origin || event.source !== frame.contentWindow) return;
  const what = event.data && event.data.chat;
  if (what === "ready") {
    ready = true;
    tell(shown ? "shown" : "hidden");
  } else if (what === "hide") {
    show(false);
  } else if (what === "left") {
    leave();
    go();
  } else if (what === "news" && !shown) {
    button.textContent = `${label.chat} \u25cf ${label.news}`;
  }
});
button.addEventListener("click", () => show(true));
watchShift(document, (left) => {
  if (left === 0 && frame) leave();
});

const place = () => document.body.append(button);
if (document.body) place();
else document.addEventListener("DOMContentLoaded", place);
