// Adds an item: a poster dropped, chosen or pasted, its texts and facts; and shows at once where that puts it.

import { post } from "./api.js";
import { showAdded } from "./added.js";
import { announce, field, fill, h } from "./dom.js";
import { fieldOf, itemFields, itemForm, offerKnown } from "./item-fields.js";
import { head, sentence } from "./parts.js";
import { posterField } from "./poster-field.js";

export async function addView({ main, signal, refreshStatus }) {
  const fields = makeFields(signal);
  const result = h("section", { class: "stack", "aria-label": "Result" });
  const summary = h("p", { class: "notice bad", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "main" }, "Add the item");
  const form = h("form", { novalidate: true }, layout(fields, summary, submit));

  function clear() {
    fields.poster.choose(undefined);
    fields.genres.redraw();
    clearErrors();
    fill(result);
    fields.title.input.focus();
  }

  function clearErrors() {
    for (const one of Object.values(fields)) one.fail("");
    summary.hidden = true;
  }

  async function send() {
    clearErrors();
    if (!fields.title.input.value.trim()) {
      refuse("title", "Give it a title.");
      return;
    }
    submit.disabled = true;
    submit.textContent = "Adding …";
    const start = performance.now();
    try {
      const answer = await post("/v1/items", content(fields));
      showAdded(result, answer, performance.now() - start, signal, () => {
        form.reset();
        scrollTo({ top: 0 });
      });
      refreshStatus();
    } catch (error) {
      explain(error);
    } finally {
      submit.disabled = false;
      submit.textContent = "Add the item";
    }
  }

  /** Puts an error of the service to the field that it is about, with what to do. */
  function explain(error) {
    const text = `${sentence(error.message)} ${sentence(error.fix)}`;
    const name = fieldOf(error);
    if (name) {
      refuse(name, text);
    } else {
      summary.textContent = text;
      summary.hidden = false;
    }
  }

  function refuse(name, text) {
    const refused = fields[name];
    refused.fail(text);
    (refused.input ?? refused.querySelector("input"))?.focus();
    announce(text);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  // The event comes before the fields are emptied.
  form.addEventListener("reset", () => setTimeout(clear));
  fill(
    main,
    head("Add an item", "Only the title must be there. Whatever else you give helps to find where it belongs."),
    h("div", { class: "stack" }, h("div", { class: "card" }, form), result),
  );

  await offerKnown(fields, signal);
}

/** The fields, by the names that the service has for them. */
function makeFields(signal) {
  const fields = itemFields();
  const { title, year } = fields;
  const id = field(
    "Id",
    h("input", { name: "id", autocomplete: "off", spellcheck: "false" }),
    "Leave it empty to have one made from the title.",
  );
  const poster = posterField(signal, () => ({ title: title.input.value, year: year.input.value }));
  for (const one of [title, year]) one.input.addEventListener("input", poster.redraw);
  return { ...fields, id, poster };
}

function layout(fields, summary, submit) {
  return h(
    "div",
    { class: "adding" },
    fields.poster,
    h(
      "div",
      { class: "stack" },
      h("div", { class: "pair" }, fields.title, fields.year),
      fields.genres,
      fields.description,
      fields.attributes,
      fields.id,
      summary,
      h("div", { class: "row" }, submit, h("button", { type: "reset" }, "Clear")),
    ),
  );
}

/** What is sent. */
function content(fields) {
  const body = itemForm(fields);
  const { file } = fields.poster;
  if (file) body.append("poster", file, file.name || "poster");
  return body;
}
