// Adds an item: a poster dropped, chosen or pasted, its texts and facts; and shows at once where that puts it.

import { get, post, query } from "./api.js";
import { showAdded } from "./added.js";
import { columnsField } from "./columns-field.js";
import { announce, field, fill, h } from "./dom.js";
import { genresField } from "./genres-field.js";
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

  // What the catalogue uses already is offered, so that one writes it alike.
  const { items } = await get(`/v1/items${query({ limit: 100 })}`, signal).catch(() => ({ items: [] }));
  fields.genres.offer(frequent(items.flatMap((item) => item.genres)).slice(0, 24));
  fields.attributes.offer(frequent(items.flatMap((item) => Object.keys(item.attributes))).slice(0, 6));
}

/** The fields, by the names that the service has for them. */
function makeFields(signal) {
  const text = (name, more) => h("input", { name, autocomplete: "off", ...more });
  const title = field("Title", text("title", { required: true }));
  const year = field("Year", text("year", { inputmode: "numeric" }));
  const description = field(
    "Description",
    h("textarea", { name: "description" }),
    "A synopsis, a blurb, tasting notes: what the item is about.",
  );
  const id = field("Id", text("id", { spellcheck: "false" }), "Leave it empty to have one made from the title.");
  const poster = posterField(signal, () => ({ title: title.input.value, year: year.input.value }));
  for (const one of [title, year]) one.input.addEventListener("input", poster.redraw);
  return { title, year, genres: genresField(), description, attributes: columnsField(), id, poster };
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

/** What is sent: nothing of what was left empty. */
function content(fields) {
  const body = new FormData();
  for (const name of ["title", "year", "description", "id"]) {
    const value = fields[name].input.value.trim();
    if (value) body.append(name, value);
  }
  for (const genre of fields.genres.values()) body.append("genre", genre);
  for (const [name, value] of fields.attributes.values()) body.append(name, value);
  const { file } = fields.poster;
  if (file) body.append("poster", file, file.name || "poster");
  return body;
}

/** The name of the field that an error of the service is about. */
function fieldOf(error) {
  if (error.code.startsWith("poster.") || error.status === 413) return "poster";
  const known = { "item.exists": "id", "item.year": "year", "item.empty_title": "title" };
  return known[error.code] ?? error.message.match(/'(title|year|genres|description|id|poster|attributes)'/)?.[1];
}

/** Words from the most frequent on. */
function frequent(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([word]) => word);
}
