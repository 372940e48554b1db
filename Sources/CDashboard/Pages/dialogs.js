// Questions that stand above the page. Each gives a promise of the answer, undefined where there is none.

import { field, h } from "./dom.js";

/** Shows a dialog whose content `make(answer)` gives, and closes it with the first answer. */
function ask(title, make) {
  return new Promise((resolve) => {
    let result;
    const dialog = h("dialog", { "aria-label": title });
    const answer = (value) => { result = value; dialog.close(); };
    dialog.append(make(answer));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(result); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const cancel = (answer) => h("button", { type: "button", onclick: () => answer(undefined) }, "Cancel");

/** Whether to do something that is not to happen by accident. */
export function confirm(title, text, action) {
  return ask(title, (answer) => h("div", { class: "stack" },
    h("h2", {}, title), h("p", {}, text),
    h("div", { class: "row" }, cancel(answer), h("button", { type: "button", class: "main", onclick: () => answer(true) }, action))));
}

/** A key of the API. */
export function keyDialog(wasRefused) {
  const input = h("input", { type: "password", autocomplete: "off", spellcheck: "false", required: true, id: "api-key" });
  const box = field("API key", input, "It begins with cs_ and is kept in this tab until you close it.");
  if (wasRefused) box.fail("The service does not know this key, or no longer.");
  return ask("The service wants a key", (answer) => h("form", {
    onsubmit: (event) => { event.preventDefault(); answer(input.value.trim()); },
  }, h("h2", {}, "The service wants a key"), box,
    h("div", { class: "row" }, cancel(answer), h("button", { type: "submit", class: "main" }, "Use this key"))));
}

/** A rating from 1 to `best`. */
export function ratingDialog(title, best) {
  const values = Array.from({ length: best }, (_, index) => index + 1);
  return ask(`Rate ${title}`, (answer) => h("div", { class: "stack" },
    h("h2", {}, `Rate “${title}”`), h("p", { class: "soft" }, `1 is worst, ${best} is best.`),
    h("div", { class: "values" }, values.map((value) => h("button", { type: "button", onclick: () => answer(value), "aria-label": `Rate ${value} of ${best}` }, String(value)))),
    h("div", { class: "row" }, cancel(answer))));
}
