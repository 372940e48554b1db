// Adds an item: a poster dropped, chosen or pasted, its texts and facts; and shows at once where that puts it.

import { get, post, query } from "./api.js";
import { announce, field, fill, h } from "./dom.js";
import { decimal } from "./format.js";
import { audienceList, head, itemLink, originTag, sentence, standIn, strip } from "./parts.js";
import { smallMap } from "./scatter.js";

export async function addView({ main, signal, refreshStatus }) {
  const result = h("section", { class: "stack", "aria-label": "Result", "aria-live": "off" });
  const title = field("Title", h("input", { name: "title", required: true, autocomplete: "off" }));
  const year = field("Year", h("input", { name: "year", inputmode: "numeric", autocomplete: "off" }));
  const genres = field("Genres", h("input", { name: "genres", autocomplete: "off" }), "With commas between them.");
  const known = h("div", { class: "suggestions", role: "group", "aria-label": "Genres of the catalogue" });
  const description = field("Description", h("textarea", { name: "description" }), "A synopsis, a blurb, tasting notes: what the item is about.");
  const id = field("Id", h("input", { name: "id", autocomplete: "off", spellcheck: "false" }), "Leave it empty to have one made from the title.");
  const picture = posterField(signal, () => ({ title: title.input.value, year: year.input.value }));
  const columns = columnFields();
  const summary = h("p", { class: "notice bad", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "main" }, "Add the item");
  const fields = { title, year, genres, description, id, poster: picture, attributes: columns };
  for (const one of [title, year]) one.input.addEventListener("input", picture.redraw);

  const form = h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); send(); } },
    h("div", { class: "adding" }, picture,
      h("div", { class: "stack" },
        h("div", { class: "pair" }, title, year), genres, known, description, columns, id, summary,
        h("div", { class: "row" }, submit, h("button", { type: "reset" }, "Clear")))));
  form.addEventListener("reset", () => setTimeout(() => {
    picture.choose(undefined);
    clearErrors();
    press();
    fill(result);
    title.input.focus();
  }));

  fill(main, head("Add an item", "Only the title must be there. Whatever else you give helps to find where it belongs."),
    h("div", { class: "stack" }, h("div", { class: "card" }, form), result));

  function clearErrors() {
    for (const one of Object.values(fields)) one.fail("");
    summary.hidden = true;
  }

  const chosen = () => genres.input.value.split(",").map((part) => part.trim()).filter(Boolean);

  function press() {
    for (const button of known.children) button.setAttribute("aria-pressed", String(chosen().includes(button.textContent)));
  }
  genres.input.addEventListener("input", press);

  async function send() {
    clearErrors();
    if (!title.input.value.trim()) { refuse("title", "Give it a title."); return; }
    const body = new FormData();
    body.append("title", title.input.value.trim());
    for (const one of [year, description, id]) if (one.input.value.trim()) body.append(one.input.name, one.input.value.trim());
    for (const genre of chosen()) body.append("genre", genre);
    for (const [name, value] of columns.values()) body.append(name, value);
    if (picture.file) body.append("poster", picture.file, picture.file.name || "poster");
    submit.disabled = true;
    submit.textContent = "Adding …";
    const start = performance.now();
    try {
      show(await post("/v1/items", body), performance.now() - start);
      refreshStatus();
    } catch (error) {
      explain(error);
    } finally {
      submit.disabled = false;
      submit.textContent = "Add the item";
    }
  }

  function refuse(name, text) {
    fields[name].fail(text);
    (fields[name].input ?? fields[name].querySelector("input")).focus();
    announce(text);
  }

  /** Puts an error of the service to the field that it is about, with what to do. */
  function explain(error) {
    const text = `${sentence(error.message)} ${sentence(error.fix)}`;
    const name = fieldOf(error);
    if (name) { refuse(name, text); return; }
    summary.textContent = text;
    summary.hidden = false;
  }

  function show(answer, milliseconds) {
    const { item, neighbours, audience, place } = answer;
    const mapBox = h("div", { class: "ghost", "aria-hidden": "true" });
    const heading = h("h2", { tabindex: -1 }, `“${item.title}” is in the catalogue`);
    const card = (name, content) => h("section", { class: "card" }, h("h3", {}, name), content);
    fill(result,
      h("div", { class: "card" }, h("div", { class: "head" }, heading, originTag(item.provenance),
        h("p", {}, `Placed in ${decimal(milliseconds, 0)} ms, and recommendable from now on.`)),
      h("div", { class: "row" }, h("a", { class: "button main", href: itemLink(item.id) }, "Open its page"),
        h("button", { type: "button", onclick: () => { form.reset(); scrollTo({ top: 0 }); } }, "Add another one"))),
      card("What is like it", strip(neighbours)),
      h("div", { class: "two" }, card("Who may want it", audienceList(audience)), card("Its place on the map", mapBox)));
    heading.focus({ preventScroll: true });
    result.scrollIntoView({ block: "start" });
    announce(`${item.title} was added. Most alike: ${neighbours.slice(0, 3).map((one) => one.title).join(", ")}.`);
    if (place) smallMap(item.id, signal, { ...place, item_id: item.id, title: item.title, provenance: item.provenance })
      .then((chart) => mapBox.replaceWith(chart), (error) => mapBox.replaceWith(h("p", { class: "soft" }, sentence(error.message))));
  }

  // What the catalogue uses already is offered, so that one writes it alike.
  const { items } = await get(`/v1/items${query({ limit: 100 })}`, signal).catch(() => ({ items: [] }));
  fill(known, frequent(items.flatMap((item) => item.genres)).slice(0, 24).map((genre) => h("button", {
    type: "button", "aria-pressed": "false",
    onclick: () => {
      const now = chosen();
      genres.input.value = (now.includes(genre) ? now.filter((one) => one !== genre) : [...now, genre]).join(", ");
      press();
    },
  }, genre)));
  columns.offer(frequent(items.flatMap((item) => Object.keys(item.attributes))).slice(0, 6));
}

/** Words from the most frequent on. */
function frequent(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([word]) => word);
}

/** The field that an error of the service is about. */
function fieldOf(error) {
  if (error.code.startsWith("poster.") || error.status === 413) return "poster";
  if (error.code === "item.exists") return "id";
  if (error.code === "item.year") return "year";
  if (error.code === "item.empty_title") return "title";
  const name = error.message.match(/'(title|year|genres|description|id|poster|attributes)'/)?.[1];
  return name;
}

/** Where a poster is dropped, chosen or pasted; `file` is the one that is there. */
function posterField(signal, words) {
  const input = h("input", { type: "file", accept: "image/png,image/jpeg", id: "poster" });
  const box = field("Poster", input, "Drop a PNG or JPEG here, choose one, or paste it.");
  const frame = h("div", { class: "poster" });
  const remove = h("button", { type: "button", class: "small", hidden: true, onclick: () => { element.choose(undefined); input.focus(); } }, "Remove the poster");
  const element = h("div", { class: "drop" }, frame, box, remove);
  let address;

  element.input = input;
  element.fail = box.fail;
  element.redraw = () => {
    const { title, year } = words();
    fill(frame, address ? h("img", { src: address, alt: "The poster that was chosen" }) : standIn(title || "Your title", year));
  };
  element.choose = (file) => {
    if (address) URL.revokeObjectURL(address);
    element.file = file;
    address = file && URL.createObjectURL(file);
    remove.hidden = !file;
    if (!file) input.value = "";
    box.fail(file && !["image/png", "image/jpeg"].includes(file.type) ? "This is neither a PNG nor a JPEG. Convert it first." : "");
    element.redraw();
    if (file) announce(`Poster ${file.name || "from the clipboard"} chosen`);
  };

  input.addEventListener("change", () => element.choose(input.files[0]));
  element.addEventListener("dragover", (event) => { event.preventDefault(); element.classList.add("over"); });
  element.addEventListener("dragleave", () => element.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("over");
    if (event.dataTransfer.files[0]) element.choose(event.dataTransfer.files[0]);
  });
  document.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith("image/"));
    if (file) element.choose(file);
  }, { signal });
  signal.addEventListener("abort", () => { if (address) URL.revokeObjectURL(address); });
  element.redraw();
  return element;
}

/** Further columns, such as a director or a grape: a name and its values. */
function columnFields() {
  const rows = h("div", { class: "stack" });
  const wrong = h("p", { class: "wrong" });
  const element = h("fieldset", { class: "columns" }, h("legend", { class: "label" }, "Further columns"), rows, wrong,
    h("button", { type: "button", class: "small", onclick: () => row("").querySelector("input").focus() }, "Add a column"));

  function row(name) {
    const nameBox = field("Column", h("input", { value: name, autocomplete: "off" }));
    const valueBox = field(name ? `Values of ${name}` : "Values", h("input", { autocomplete: "off", placeholder: "several with | between them" }));
    const line = h("div", { class: "column" }, nameBox, valueBox,
      h("button", { type: "button", class: "small", onclick: () => line.remove() }, "Remove", h("span", { class: "unseen" }, " this column")));
    line.entry = () => valueBox.input.value.split("|").map((value) => [nameBox.input.value.trim(), value.trim()]).filter((pair) => pair[0] && pair[1]);
    rows.append(line);
    return line;
  }

  element.values = () => [...rows.children].flatMap((line) => line.entry());
  element.offer = (names) => names.forEach(row);
  element.fail = (text) => { wrong.textContent = text; };
  return element;
}
