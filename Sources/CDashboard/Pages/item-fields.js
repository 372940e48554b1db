// The fields of an item that somebody describes: for adding one, and for trying two posters on it.

import { get, query } from "./api.js";
import { columnsField } from "./columns-field.js";
import { field, h } from "./dom.js";
import { genresField } from "./genres-field.js";

/** The fields, by the names that the service has for them. */
export function itemFields() {
  const text = (name, more) => h("input", { name, autocomplete: "off", ...more });
  return {
    title: field("Title", text("title", { required: true })),
    year: field("Year", text("year", { inputmode: "numeric" })),
    genres: genresField(),
    description: field(
      "Description",
      h("textarea", { name: "description" }),
      "A synopsis, a blurb, tasting notes: what the item is about.",
    ),
    attributes: columnsField(),
  };
}

/** What is sent of them: nothing of what was left empty. */
export function itemForm(fields) {
  const body = new FormData();
  for (const name of ["title", "year", "description", "id"]) {
    const value = fields[name]?.input.value.trim();
    if (value) body.append(name, value);
  }
  for (const genre of fields.genres.values()) body.append("genre", genre);
  for (const [name, value] of fields.attributes.values()) body.append(name, value);
  return body;
}

/** Writes an item of the catalogue into them. */
export function fillFields(fields, item) {
  fields.title.input.value = item.title;
  fields.year.input.value = item.year ?? "";
  fields.description.input.value = item.description;
  fields.genres.input.value = item.genres.join(", ");
  fields.genres.redraw();
  fields.attributes.set(item.attributes);
}

/** Offers what the catalogue uses already, so that one writes it alike. */
export async function offerKnown(fields, signal) {
  const { items } = await get(`/v1/items${query({ limit: 100 })}`, signal).catch(() => ({ items: [] }));
  fields.genres.offer(frequent(items.flatMap((item) => item.genres)).slice(0, 24));
  fields.attributes.offer(frequent(items.flatMap((item) => Object.keys(item.attributes))).slice(0, 6));
}

/** The name of the field that an error of the service is about. */
export function fieldOf(error) {
  const known = { "item.exists": "id", "item.year": "year", "item.empty_title": "title" };
  return (
    known[error.code] ??
    error.message.match(/'?\b(poster_a|poster_b)\b/)?.[1] ??
    error.message.match(/'(title|year|genres|description|id|poster|attributes)'/)?.[1] ??
    (error.code.startsWith("poster.") || error.status === 413 ? "poster" : undefined)
  );
}

/** Words from the most frequent on. */
function frequent(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([word]) => word);
}
