// The map of all items: similar ones lie near each other. The list beside it says the same in words.

import { get, query } from "./api.js";
import { announce, field, fill, h, settled } from "./dom.js";
import { count, counted, percent } from "./format.js";
import { empty, ghosts, head, itemLink } from "./parts.js";
import { legend, scatter } from "./scatter.js";

const mostListed = 60;
const pause = 1500;

// M. Okabe and K. Ito, "Color Universal Design", 2008, and P. Tol's wine, as on the maps of the command line.
const colours = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#882255"];
const otherColour = "#8d8a84";

const layouts = {
  neighbours: "Neighbours together",
  pca: "By the two widest directions",
};

export async function mapView({ main, route, signal, isNewPage }) {
  const asked = layouts[route.query.get("layout")] ? route.query.get("layout") : "neighbours";
  if (isNewPage)
    fill(
      main,
      head(
        "Map",
        "Items that the same people like lie near each other. Zoom with the wheel, two fingers or + and −, move by dragging or with the arrow keys; near enough, items are their posters.",
      ),
      ghosts(1, "chart-box"),
    );
  let answer = await get(`/v1/map${query({ limit: 5000, layout: asked })}`, signal);
  if (!answer.points.length) {
    fill(
      main,
      head("Map"),
      empty(
        "There is no map yet",
        "Train a model; then every item has a place.",
        h("a", { class: "button main", href: "#/training" }, "To training"),
      ),
    );
    return;
  }
  show(answer);
  // The layout takes seconds when it is first asked for; what is there already is shown until then.
  while (answer.is_pending && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) return;
    answer = await get(`/v1/map${query({ limit: 5000, layout: asked })}`, signal);
    if (!answer.is_pending) show(answer);
  }

  function show(answer) {
    const genres = colour(answer.points);
    const isChoosing = document.activeElement?.localName === "select";
    main.lastChild.replaceWith(mapping(answer, genres, asked, { route, signal }));
    if (isChoosing) main.querySelector("select").focus();
    announce(`${counted(answer.points.length, "item")} on the map`);
  }
}

/** Gives points the colours of their genres, an item of several that of the rarest; returns the genres that have one. */
function colour(points) {
  const counts = new Map();
  for (const genre of points.flatMap((point) => point.genres)) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  const frequent = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, colours.length);
  const names = frequent.map(([name]) => name);
  for (const point of points) {
    const rarest = Math.max(...point.genres.map((genre) => names.indexOf(genre)), -1);
    point.colour = colours[rarest] ?? otherColour;
  }
  const list = names.map((name, index) => ({ name, colour: colours[index] }));
  return list.length ? [...list, { name: "other", colour: otherColour }] : [];
}

function layoutWords({ layout, kept, is_pending: isPending }, asked) {
  if (layout !== asked && isPending)
    return "This layout is being made and comes by itself in a moment. Until then: by the two widest directions.";
  if (layout !== asked) return "There are too many items for this layout. Shown by the two widest directions.";
  const meaning = {
    neighbours: "What is alike stays together; how far apart groups are says little.",
    pca: "The two directions in which items differ most.",
  }[layout];
  if (kept === undefined) return meaning;
  return `${meaning} Of the ten items that an item is most like, ${percent(kept, 0)} are among the ten nearest here.`;
}

function layoutField(answer, asked, route) {
  const select = h(
    "select",
    { onchange: () => route.go({ layout: select.value === "neighbours" ? "" : select.value }) },
    Object.entries(layouts).map(([name, label]) => h("option", { value: name, selected: name === asked }, label)),
  );
  return field("Layout", select, layoutWords(answer, asked));
}

function mapping({ points, ...answer }, genres, asked, { route, signal }) {
  const listed = h("ul", { class: "plain in-view" });
  const heading = h("h2", {}, "In view");
  const search = h("input", { type: "search", autocomplete: "off" });
  const isNew = (point) => point.provenance !== "learned";
  const chart = scatter(points, {
    label: `Map of ${count(points.length)} items, ${count(points.filter(isNew).length)} of them new. The list after it names those in view.`,
    onOpen: (point) => {
      location.hash = itemLink(point.item_id);
    },
    onMove: settled(() => list(), 150),
  });
  signal.addEventListener("abort", chart.stop);

  function list() {
    const text = search.value.trim().toLowerCase();
    const found = (text ? points : chart.inView()).filter((point) => point.title.toLowerCase().includes(text));
    // New items first: they are what one looks for here.
    found.sort((a, b) => isNew(b) - isNew(a) || a.title.localeCompare(b.title));
    heading.textContent = text ? `${count(found.length)} found` : `${count(found.length)} in view`;
    fill(
      listed,
      found.slice(0, mostListed).map((point) =>
        h(
          "li",
          {},
          h(
            "a",
            {
              href: itemLink(point.item_id),
              onfocus: () => chart.mark(point),
              onmouseenter: () => chart.mark(point),
            },
            point.title,
          ),
          " ",
          isNew(point) && h("span", { class: "tag warm" }, "new"),
        ),
      ),
    );
    if (found.length > mostListed)
      listed.append(h("li", { class: "soft" }, `and ${count(found.length - mostListed)} more: zoom in, or search`));
    return found;
  }
  search.addEventListener(
    "input",
    settled(() => {
      // The whole map is shown, and on it what was found where it is one.
      const found = list();
      chart.reset();
      chart.mark(search.value.trim() && found.length === 1 ? found[0] : undefined);
    }),
  );

  const button = (label, text, act) => h("button", { type: "button", "aria-label": label, onclick: act }, text);
  chart.element.append(
    h(
      "div",
      { class: "tools" },
      button("Zoom in", "+", () => chart.zoom(1.6)),
      button("Zoom out", "−", () => chart.zoom(1 / 1.6)),
      button("Show all", "All", chart.reset),
    ),
  );
  requestAnimationFrame(list);
  return h(
    "div",
    { class: "mapping" },
    h("div", { class: "stack" }, chart.element, legend(genres)),
    h(
      "section",
      { class: "card", "aria-label": "Items of the map" },
      layoutField(answer, asked, route),
      field("Find a title", search),
      heading,
      listed,
    ),
  );
}
