// One item: what is known of it, and its card: where it stands, who may want it, how sure that is, what its content said.

import { blob, get, query, segment } from "./api.js";
import { audienceOf, certaintyOf, voicesOf } from "./cold-card.js";
import { announce, fill, h } from "./dom.js";
import { count, moment, origins } from "./format.js";
import { empty, failure, ghosts, originTag, poster, strip } from "./parts.js";
import { smallMap } from "./scatter.js";

export async function itemView({ main, id, signal, setTitle }) {
  const path = `/v1/items/${segment(id)}`;
  fill(main, h("div", { class: "item" }, ghosts(1, "poster"), h("div", { class: "stack" }, h("h1", {}, "…"))));
  const item = await get(path, signal);
  setTitle(item.title);

  const isNew = item.provenance !== undefined && item.provenance !== "learned";
  // One answer fills several parts of the page; whoever tries again asks anew.
  let asked;
  const card = async (make) => {
    asked ??= get(`${path}/card${query({ limit: 6 })}`, signal);
    try {
      return make(await asked);
    } catch (error) {
      asked = undefined;
      throw error;
    }
  };
  const sections = [
    section("What is like it", () => card((it) => strip(it.neighbours))),
    isNew && section("How sure its place is", () => card(certaintyOf)),
    section("Its place on the map", () => smallMap(item.id, signal)),
    isNew &&
      section("What poster, text and metadata say alone", () =>
        card((it) =>
          it.voices.length ? voicesOf(it) : h("p", { class: "soft" }, "It has no content that says anything."),
        ),
      ),
    section(isNew ? "Who is expected to want it" : "Who may want it", () =>
      card((it) => audienceOf(it, saveButton(path))),
    ),
  ];
  const [alike, certainty, place, voices, audience] = sections.map((one) => one && one.element);
  fill(
    main,
    h(
      "div",
      { class: "item cold-card" },
      poster(item.title, item.year, item.poster),
      h(
        "div",
        { class: "stack" },
        h(
          "div",
          { class: "head" },
          h("h1", {}, item.title, item.year !== undefined && h("span", { class: "soft" }, ` ${item.year}`)),
          originTag(item.provenance),
        ),
        h("p", { class: "lead" }, item.description || h("span", { class: "soft" }, "It has no description.")),
        facts(item),
        h(
          "p",
          { class: "soft" },
          origins[item.provenance]?.text ?? "It has no place yet: train a model, or give it content.",
        ),
        h(
          "div",
          { class: "row" },
          h("button", { type: "button", onclick: () => onPaper(main) }, isNew ? "Print this card" : "Print this page"),
          h("a", { class: "button", href: `#/compare${query({ item: item.id })}` }, "Try another poster"),
        ),
        alike,
        certainty ? h("div", { class: "two" }, certainty, place) : place,
        voices,
        audience,
      ),
    ),
  );
  announce(item.title);
  await Promise.all(sections.map((one) => one && one.load(signal)));
}

/** Prints the page, with the posters that nobody has scrolled to yet. */
async function onPaper(main) {
  const posters = [...main.querySelectorAll("img")];
  for (const one of posters) one.loading = "eager";
  await Promise.allSettled(posters.map((one) => one.decode()));
  print();
}

/** A part of the page that is asked for by itself, so that what fails is only this part. */
function section(title, make) {
  const body = h("div", {}, ghosts(1, "line"));
  const load = async (signal) => {
    try {
      fill(body, await make());
    } catch (error) {
      if (error.name === "AbortError" || signal.aborted) return;
      // The item is there, as the page is: what is unknown has no place in the model.
      fill(
        body,
        error.code === "item.unknown" || error.code === "model.none"
          ? empty("Not placed yet", "Train a model first; then it has a place.")
          : failure(error, () => load(signal)),
      );
    }
  };
  return { element: h("section", { class: "card" }, h("h2", {}, title), body), load };
}

function facts(item) {
  const lines = [
    ["Genres", item.genres.join(", ")],
    ...Object.entries(item.attributes).map(([name, values]) => [
      name[0].toUpperCase() + name.slice(1),
      values.join(", "),
    ]),
    ["Id", item.id],
    ["Added", moment(item.created_at)],
    ["Ratings", count(item.ratings)],
    item.provenance !== "learned" && ["Shown in lists", `${count(item.impressions)} times`],
  ];
  return h(
    "dl",
    { class: "facts" },
    lines
      .filter((line) => line && line[1])
      .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

function saveButton(path) {
  const save = async () => {
    const file = await blob(`${path}/audience${query({ format: "csv", limit: 1000 })}`);
    const address = URL.createObjectURL(file);
    h("a", { href: address, download: "audience.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    announce("The audience is saved as audience.csv.");
  };
  return h(
    "div",
    {},
    h(
      "button",
      { type: "button", onclick: () => save().catch((error) => announce(error.message)) },
      "Save the best 1,000 as CSV",
    ),
  );
}
