// The page this chat is embedded in. It is spoken to only when its origin is one that the service names.

/** `hear` gets leave() and shown(open). Returns what can be told to the host; nothing is told before it has greeted us. */
export function meetHost(origins, hear) {
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
  return { embedded, tell };
}
