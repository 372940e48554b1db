// One item: what is known of it, where it stands, what is like it, and who may want it.

import { blob, get, query, segment } from "./api.js";
import { announce, fill, h } from "./dom.js";
import { certainty, count, moment, origins } from "./format.js";
import { audienceList, empty, failure, ghosts, originTag, poster, strip } from "./parts.js";
import { smallMap } from "./scatter.js";

export async function itemView({ main, id, signal, setTitle }) {
  const path = `/v1/items/${segment(id)}`;
  fill(main, h("div", { class: "item" }, ghosts(1, "poster"), h("div", { class: "stack" }, h("h1", {}, "…"))));
  const item = await get(path, signal);
  setTitle(item.title);

  const sections = [
    section("What is like it", async () => strip((await get(`${path}/similar${query({ limit: 8 })}`, signal)).neighbours)),
    section("Who may want it", () => audience(path, signal)),
    section("Its place on the map", () => smallMap(item.id, signal)),
  ];
  fill(main, h("div", { class: "item" },
    poster(item.title, item.year, item.poster),
    h("div", { class: "stack" },
      h("div", { class: "head" }, h("h1", {}, item.title, item.year !== undefined && h("span", { class: "soft" }, ` ${item.year}`)),
        originTag(item.provenance)),
      h("p", { class: "lead" }, item.description || h("span", { class: "soft" }, "It has no description.")),
      facts(item),
      standing(item),
      sections[0].element,
      h("div", { class: "two" }, sections[1].element, sections[2].element))));
  announce(item.title);
  await Promise.all(sections.map((one) => one.load(signal)));
}

/** A part of the page that is asked for by itself, so that what fails is only this part. */
function section(title, make) {
  const body = h("div", {}, ghosts(1, "line"));
  const load = async (signal) => {
    try {
      fill(body, await make());
    } catch (error) {
      if (error.name === "AbortError" || signal.aborted) return;
      fill(body, error.code === "item.unplaced" || error.code === "model.none"
        ? empty("Not placed yet", "Train a model first; then it has a place.") : failure(error, () => load(signal)));
    }
  };
  return { element: h("section", { class: "card" }, h("h2", {}, title), body), load };
}

function facts(item) {
  const lines = [["Genres", item.genres.join(", ")], ...Object.entries(item.attributes).map(([name, values]) => [name[0].toUpperCase() + name.slice(1), values.join(", ")]),
    ["Id", item.id], ["Added", moment(item.created_at)]];
  return h("dl", { class: "facts" }, lines.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function standing(item) {
  const line = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  return h("section", { class: "card" }, h("h2", {}, "How sure its place is"),
    h("p", {}, origins[item.provenance]?.text ?? "It has no place yet: train a model, or give it content."),
    h("dl", { class: "facts" }, line("Certainty", certainty(item)), line("Ratings", count(item.ratings)),
      line("Shown in lists", item.provenance === "learned" ? "not counted" : `${count(item.impressions)} times`)));
}

async function audience(path, signal) {
  const { audience: members } = await get(`${path}/audience${query({ limit: 10 })}`, signal);
  const save = async () => {
    const file = await blob(`${path}/audience${query({ format: "csv", limit: 1000 })}`);
    const address = URL.createObjectURL(file);
    h("a", { href: address, download: "audience.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    announce("The audience is saved as audience.csv.");
  };
  return h("div", { class: "stack" }, audienceList(members),
    h("div", {}, h("button", { type: "button", onclick: () => save().catch((error) => announce(error.message)) }, "Save the best 1,000 as CSV")));
}
