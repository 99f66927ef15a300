// Server-sent events read from a response's body: EventSource cannot send the session's token in a header.

const SILENCE = 40000;

/** Calls `tell` with the data of each event until the stream ends. Fails when nothing comes for too long. */
export async function readEvents(body, stop, tell) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const clock = setTimeout(() => stop.abort(), SILENCE);
    const { done, value } = await reader.read().finally(() => clearTimeout(clock));
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const events = rest.split("\n\n");
    rest = events.pop();
    events.forEach((event) => {
      const data = event.split("\n").filter((line) => line.startsWith("data: "));
      if (data.length) tell(JSON.parse(data.map((line) => line.slice(6)).join("\n")));
    });
  }
}
