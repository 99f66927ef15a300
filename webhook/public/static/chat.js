// The plain chat page. The session lives in this page's memory only: no cookie, no storage.
(function () {
  "use strict";
  var form = document.getElementById("write");
  var words = form.dataset;
  var base = words.base;
  var talk = document.getElementById("talk");
  var state = document.getElementById("state");
  var box = document.getElementById("text");
  var exit = document.getElementById("exit");
  var phrase = document.getElementById("phrase");
  var ways = document.getElementById("ways");
  var session = null;
  var seen = {};
  var last = "";
  var opening = null;
  var polling = null;

  function show(message) {
    if (message.id) {
      if (seen[message.id]) { return; }
      seen[message.id] = true;
      last = message.id;
    }
    var bubble = document.createElement("div");
    bubble.className = "message " + message.from + " " + message.kind;
    bubble.lang = message.lang || "";
    bubble.dir = message.from === "worker" ? "auto" : message.dir || "auto";
    var who = document.createElement("span");
    who.className = "who";
    who.textContent = message.from === "worker" ? words.you : words.us;
    bubble.append(who, document.createTextNode(message.text));
    (message.buttons || []).forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = choice.title;
      button.addEventListener("click", function () { say(choice.payload, choice.title); });
      bubble.append(document.createElement("br"), button);
    });
    if (message.file) {
      // Made here, from what the message holds: no address anywhere names it.
      var link = document.createElement("a");
      link.download = message.file.name;
      link.textContent = message.file.name;
      link.href = URL.createObjectURL(new Blob([message.file.text], { type: message.file.type }));
      bubble.append(document.createElement("br"), link);
    }
    talk.append(bubble);
    // What the worker wrote goes to the top, so that the answer below is read from its first line;
    // nothing moves before they write, so that the emergency number stays in sight.
    if (message.from === "worker") { bubble.scrollIntoView({ block: "start" }); }
    return bubble;
  }

  function call(path, options) {
    options = options || {};
    options.headers = options.headers || {};
    if (session) { options.headers.Authorization = "Bearer " + session; }
    options.cache = "no-store";
    options.referrerPolicy = "no-referrer";
    return fetch(base + path, options);
  }

  function open() {
    if (session) { return Promise.resolve(); }
    if (!opening) {
      opening = call("/chat/sessions", { method: "POST" }).then(function (response) {
        if (!response.ok) { throw new Error("no session"); }
        return response.json();
      }).then(function (data) {
        session = data.session;
        data.messages.forEach(show);
        listen();
      }).finally(function () { opening = null; });
    }
    return opening;
  }

  function say(text, shown) {
    var id = Date.now().toString(36) + "-" + Math.random().toString(36).slice(2);
    var bubble = show({ from: "worker", kind: "question", text: shown || text });
    deliver(text, id, bubble);
  }

  function deliver(text, id, bubble) {
    state.textContent = words.waiting;
    open().then(function () {
      return call("/chat/messages", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ text: text, client_id: id })
      });
    }).then(function (response) {
      return response.json().then(function (data) {
        if (response.status === 401) { session = null; state.textContent = words.ended; return; }
        state.textContent = data.error ? data.error.message : "";
        (data.messages || []).forEach(show);
      });
    }).catch(function () {
      // The same id again: the service answers it once, however often it comes.
      state.textContent = words.lost;
      var again = document.createElement("button");
      again.type = "button";
      again.textContent = words.again;
      again.addEventListener("click", function () { again.remove(); deliver(text, id, bubble); });
      bubble.append(document.createElement("br"), again);
    });
  }

  function newer() {
    if (!session) { return Promise.resolve(); }
    return call("/chat/messages?after=" + encodeURIComponent(last)).then(function (response) {
      return response.ok ? response.json() : { messages: [] };
    }).then(function (data) {
      data.messages.forEach(function (message) {
        if (message.from === "worker") { seen[message.id] = true; last = message.id; } else { show(message); }
      });
    });
  }

  // Events tell that something new is there; what it is, is read as ever. Without events, ask every few seconds.
  function listen() {
    var mine = session;
    call("/chat/events?after=" + encodeURIComponent(last)).then(function (response) {
      if (!response.ok || !response.body) { throw new Error("no events"); }
      var reader = response.body.getReader();
      function next() {
        return reader.read().then(function (part) {
          if (session !== mine) { reader.cancel(); return; }
          if (part.done) { setTimeout(function () { if (session === mine) { listen(); } }, 1000); return; }
          return newer().then(next);
        });
      }
      return next();
    }).catch(function () {
      if (!polling) { polling = setInterval(function () { newer().catch(function () {}); }, 5000); }
    });
  }

  function forget() {
    talk.textContent = "";
    seen = {};
    last = "";
    ways.hidden = true;
  }

  function leave() {
    if (session) { call("/chat/sessions/current", { method: "DELETE", keepalive: true }).catch(function () {}); }
    session = null;
    phrase.value = "";
    forget();
  }

  // The words open an earlier chat. Nothing of it is shown before it is asked for.
  function comeBack(said) {
    state.textContent = words.waiting;
    return call("/chat/sessions", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ phrase: said })
    }).then(function (response) {
      return response.json().then(function (data) {
        state.textContent = data.error ? data.error.message : "";
        if (!response.ok) { return; }
        leave();
        session = data.session;
        data.messages.forEach(show);
        ways.hidden = false;
        listen();
      });
    }).catch(function () { state.textContent = words.lost; });
  }

  function earlier() {
    return call("/chat/messages").then(function (response) {
      return response.ok ? response.json() : { messages: [] };
    }).then(function (data) {
      if (!data.messages.length) { return; }
      forget();
      ways.hidden = false;
      data.messages.forEach(show);
    }).catch(function () { state.textContent = words.lost; });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var text = box.value.trim();
    if (!text) { box.focus(); return; }
    box.value = "";
    say(text);
    box.focus();
  });
  box.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  document.getElementById("end").addEventListener("click", function () { leave(); state.textContent = words.ended; });

  document.getElementById("return").addEventListener("submit", function (event) {
    event.preventDefault();
    var said = phrase.value.trim();
    phrase.value = "";
    if (said) { comeBack(said); } else { phrase.focus(); }
  });
  document.getElementById("earlier").addEventListener("click", earlier);
  ways.querySelectorAll("[data-say]").forEach(function (button) {
    button.addEventListener("click", function () { say(button.dataset.say, button.textContent); });
  });

  function go(event) {
    if (event) { event.preventDefault(); }
    document.documentElement.className = "left";
    leave();
    location.replace(exit.href);
  }
  exit.addEventListener("click", go);
  var shifts = [];
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift") { shifts = []; return; }
    var now = Date.now();
    shifts = shifts.filter(function (at) { return now - at < 5000; }).concat(now);
    if (shifts.length >= 3) { go(); }
  });

  open().catch(function () { state.textContent = words.lost; });
})();
