// The page this chat is embedded in. It is spoken to only when its origin is one that the service names.

const PATIENCE = 1000;

/** `hear` gets leave() and shown(open). Returns what can be told to the host; nothing is told before it has greeted us. */
export function meetHost(origins, exit, hear) {
  let host = null;
  const embedded = window.parent !== window;
  const tell = (what) => {
    if (host) window.parent.postMessage({ chat: what }, host);
  };
  window.addEventListener("message", (event) => {
    if (!embedded || event.source !== window.parent || !origins.includes(event.origin)) return;
    const what = event.data && event.data.chat;
    if (what === "hello") {
      host = event.origin;
      tell("ready");
    } else if (what === "leave") {
      hear.leave();
      tell("left");
    } else if (what === "shown" || what === "hidden") {
      hear.shown(what === "shown");
    }
  });
  const leave = () => {
    tell("left");
    // Our script on the host's page covers all of it and goes. Should it not, the page is moved from here.
    setTimeout(() => window.top.location.replace(exit), host ? PATIENCE : 0);
  };
  return { embedded, tell, leave };
}
