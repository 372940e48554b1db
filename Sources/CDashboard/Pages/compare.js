// Poster against poster: one item, described by hand or by one of the catalogue, with two posters. Nothing is stored.

import { blob, get, post, query, segment } from "./api.js";
import { showComparison } from "./compared.js";
import { announce, field, fill, h, settled } from "./dom.js";
import { counted } from "./format.js";
import { fieldOf, fillFields, itemFields, itemForm, offerKnown } from "./item-fields.js";
import { head, sentence } from "./parts.js";
import { posterField } from "./poster-field.js";

export async function compareView({ main, route, signal }) {
  const fields = makeFields(signal);
  const posters = [fields.poster_a, fields.poster_b];
  const result = h("section", { class: "stack", "aria-label": "Result" });
  const summary = h("p", { class: "notice bad", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "main" }, "Compare the posters");
  const form = h(
    "form",
    { novalidate: true },
    h(
      "div",
      { class: "comparing" },
      posters,
      h(
        "div",
        { class: "stack" },
        finder((id) => take(id)),
        h("div", { class: "pair" }, fields.title, fields.year),
        fields.genres,
        fields.description,
        fields.attributes,
        summary,
        h("div", { class: "row" }, submit, h("button", { type: "button", onclick: swap }, "Swap A and B")),
      ),
    ),
  );

  function swap() {
    const [a, b] = posters.map((one) => one.file);
    fields.poster_a.choose(b);
    fields.poster_b.choose(a);
  }

  /** Fills the fields from an item of the catalogue, whose poster becomes A. */
  async function take(id) {
    const item = await get(`/v1/items/${segment(id)}`, signal);
    fillFields(fields, item);
    for (const one of posters) one.redraw();
    if (item.poster) {
      const bytes = await blob(item.poster);
      fields.poster_a.choose(new File([bytes], "its poster", { type: bytes.type }));
    }
    announce(`The fields hold “${item.title}”${item.poster ? ", and poster A is its own" : ""}.`);
  }

  async function send() {
    for (const one of Object.values(fields)) one.fail("");
    summary.hidden = true;
    if (!fields.title.input.value.trim()) return refuse("title", "Give it a title.");
    const missing = ["poster_a", "poster_b"].find((name) => !fields[name].file);
    if (missing) return refuse(missing, "Choose a poster.");
    submit.disabled = true;
    submit.textContent = "Comparing …";
    const body = itemForm(fields);
    for (const name of ["poster_a", "poster_b"]) body.append(name, fields[name].file, name);
    try {
      const answer = await post(`/v1/comparisons${query({ limit: 6 })}`, body);
      if (!signal.aborted) showComparison(result, answer, posters.map((one) => one.file), signal);
    } catch (error) {
      explain(error);
    } finally {
      submit.disabled = false;
      submit.textContent = "Compare the posters";
    }
  }

  function explain(error) {
    const text = `${sentence(error.message)} ${sentence(error.fix)}`;
    const name = fieldOf(error);
    if (fields[name]) return refuse(name, text);
    summary.textContent = text;
    summary.hidden = false;
  }

  function refuse(name, text) {
    fields[name].fail(text);
    (fields[name].input ?? fields[name].querySelector("input"))?.focus();
    announce(text);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  fill(
    main,
    head(
      "Poster against poster",
      "One item with either of two posters: what it is like, whom it gains and loses, and whether that is more than noise. Nothing is stored.",
    ),
    h("div", { class: "stack" }, h("div", { class: "card" }, form), result),
  );
  const known = route.query.get("item");
  if (known)
    await take(known).catch((error) => {
      if (error.name === "AbortError") return;
      summary.textContent = `${sentence(error.message)} ${sentence(error.fix)}`;
      summary.hidden = false;
    });
  await offerKnown(fields, signal);
}

function makeFields(signal) {
  const fields = itemFields();
  const words = () => ({ title: fields.title.input.value, year: fields.year.input.value });
  const posterOf = (letter, takesPaste) =>
    posterField(signal, words, { label: `Poster ${letter}`, id: `poster-${letter.toLowerCase()}`, takesPaste });
  // What is pasted goes to the first that is empty, else to B.
  let isForA = false;
  const a = posterOf("A", () => (isForA = !a.file));
  const b = posterOf("B", () => !isForA);
  for (const one of [fields.title, fields.year])
    one.input.addEventListener("input", () => {
      a.redraw();
      b.redraw();
    });
  return { ...fields, poster_a: a, poster_b: b };
}

/** A search among all items, one of which can fill the fields. */
function finder(take) {
  const input = h("input", { type: "search", autocomplete: "off" });
  const found = h("ul", { class: "plain" });
  const choose = async (item) => {
    input.value = "";
    fill(found);
    input.focus();
    await take(item.id).catch((error) => announce(error.message));
  };
  const search = async () => {
    const text = input.value.trim();
    if (!text) return fill(found);
    const { items } = await get(`/v1/items${query({ query: text, limit: 6 })}`).catch(() => ({ items: [] }));
    fill(
      found,
      items.length
        ? items.map((item) =>
            h(
              "li",
              {},
              h(
                "button",
                { type: "button", class: "small", onclick: () => choose(item) },
                [item.title, item.year].filter((part) => part !== undefined).join(", "),
              ),
            ),
          )
        : h("li", { class: "soft" }, "Nothing found."),
    );
    announce(`${counted(items.length, "item")} found`);
  };
  input.addEventListener("input", settled(search));
  return h("div", {}, field("Fill from an item of the catalogue", input, "Its poster becomes A."), found);
}
