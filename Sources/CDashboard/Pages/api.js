// Speaks with the service. A key, where one is needed, lives in this tab's session storage only.

const storageName = "coldstart.key";
let askForKey = async () => undefined;
let question;

/** Tells whom to ask for a key when the service wants one. */
export function whenKeyIsNeeded(ask) { askForKey = ask; }

export const hasKey = () => sessionStorage.getItem(storageName) !== null;
export const forgetKey = () => sessionStorage.removeItem(storageName);

/** What the service refused, with its code, what is wrong (`message`), and what to do (`fix`). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? `The service answered ${status}.`);
    this.status = status;
    this.code = body.code ?? "";
    this.fix = body.fix ?? "";
    this.requestId = body.request_id;
  }
}

/** A query of those values that are there: `query({ limit: 5, genre: ["a", "b"] })`. */
export function query(values) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of [value].flat()) if (one !== undefined && one !== null && one !== "" && one !== false) parameters.append(name, one);
  }
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** An id as one segment of a path. */
export const segment = encodeURIComponent;

/** Sends a request, with the key where there is one; asks for a key and tries again after a 401. */
async function send(path, options = {}) {
  const headers = new Headers(options.headers);
  const key = sessionStorage.getItem(storageName);
  if (key) headers.set("Authorization", `Bearer ${key}`);
  let response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { code: "network", detail: "The service does not answer.", fix: "See whether it still runs, then try again." });
  }
  if (response.status === 401) {
    // Many requests may fail at once; one question answers them all.
    question ??= askForKey(key !== null).finally(() => { question = undefined; });
    const given = await question;
    if (given) {
      sessionStorage.setItem(storageName, given);
      return send(path, options);
    }
  }
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => ({})));
  return response;
}

/** The JSON of an answer. */
export const get = async (path, signal) => (await send(path, { signal })).json();

/** The answer's bytes, as a blob. */
export const blob = async (path) => (await send(path)).blob();

/** Sends JSON, or a form as it is; gives the JSON of the answer. */
export async function post(path, body, method = "POST") {
  const isForm = body instanceof FormData;
  const response = await send(path, {
    method,
    body: body === undefined || isForm ? body : JSON.stringify(body),
    headers: body === undefined || isForm ? {} : { "Content-Type": "application/json" },
  });
  return response.status === 204 ? undefined : response.json();
}

/** Server-sent events of a path, as { event, data }. `EventSource` cannot send a key, so the stream is read here. */
export async function* events(path, signal) {
  const response = await send(path, { signal, headers: { Accept: "text/event-stream" } });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n").map((line) => line.match(/^(event|data): ?(.*)$/)).filter(Boolean);
      const data = lines.filter((line) => line[1] === "data").map((line) => line[2]).join("\n");
      if (data) yield { event: lines.find((line) => line[1] === "event")?.[2], data: JSON.parse(data) };
    }
  }
}
