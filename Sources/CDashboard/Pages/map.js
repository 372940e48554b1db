// The map of all items: similar ones lie near each other. The list beside it says the same in words.

import { get, query } from "./api.js";
import { announce, field, fill, h, settled } from "./dom.js";
import { count, counted } from "./format.js";
import { empty, ghosts, head, itemLink } from "./parts.js";
import { legend, scatter } from "./scatter.js";

const mostListed = 60;

export async function mapView({ main, signal }) {
  fill(main, head("Map", "Items that the same people like lie near each other. Zoom with the wheel, two fingers or + and −, move by dragging or with the arrow keys."),
    ghosts(1, "chart-box"));
  const { points } = await get(`/v1/map${query({ limit: 5000 })}`, signal);
  if (!points.length) {
    fill(main, head("Map"), empty("There is no map yet", "Train a model; then every item has a place.", h("a", { class: "button main", href: "#/training" }, "To training")));
    return;
  }
  const listed = h("ul", { class: "plain in-view" });
  const heading = h("h2", {}, "In view");
  const search = h("input", { type: "search", autocomplete: "off" });
  const isNew = (point) => point.provenance !== "learned";
  const chart = scatter(points, {
    label: `Map of ${count(points.length)} items, ${count(points.filter(isNew).length)} of them new. The list after it names those in view.`,
    onOpen: (point) => { location.hash = itemLink(point.item_id); },
    onMove: settled(() => list(), 150),
  });
  signal.addEventListener("abort", chart.stop);

  function list() {
    const text = search.value.trim().toLowerCase();
    const found = (text ? points : chart.inView()).filter((point) => point.title.toLowerCase().includes(text));
    // New items first: they are what one looks for here.
    found.sort((a, b) => isNew(b) - isNew(a) || a.title.localeCompare(b.title));
    heading.textContent = text ? `${count(found.length)} found` : `${count(found.length)} in view`;
    fill(listed, found.slice(0, mostListed).map((point) => h("li", {}, h("a", {
      href: itemLink(point.item_id), onfocus: () => chart.mark(point), onmouseenter: () => chart.mark(point),
    }, point.title), " ", isNew(point) && h("span", { class: "tag warm" }, "new"))));
    if (found.length > mostListed) listed.append(h("li", { class: "soft" }, `and ${count(found.length - mostListed)} more: zoom in, or search`));
  }
  search.addEventListener("input", settled(list));

  const button = (label, text, act) => h("button", { type: "button", "aria-label": label, onclick: act }, text);
  chart.element.append(h("div", { class: "tools" },
    button("Zoom in", "+", () => chart.zoom(1.6)), button("Zoom out", "−", () => chart.zoom(1 / 1.6)), button("Show all", "All", chart.reset)));
  main.lastChild.replaceWith(h("div", { class: "mapping" },
    h("div", { class: "stack" }, chart.element, legend()),
    h("section", { class: "card", "aria-label": "Items of the map" }, field("Find a title", search), heading, listed)));
  requestAnimationFrame(list);
  announce(`${counted(points.length, "item")} on the map`);
}
