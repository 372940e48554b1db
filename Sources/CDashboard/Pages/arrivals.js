// New items on their way from cold to warm: how many ratings they have, how sure their place is, how often they were shown.

import { get, query } from "./api.js";
import { announce, fill, h } from "./dom.js";
import { count, counted, decimal, moment } from "./format.js";
import { empty, ghosts, head, itemLink, originTag } from "./parts.js";

const most = 1000;

const columns = [
  { name: "title", label: "Title", value: (item) => item.title.toLowerCase(), show: (item) => h("a", { href: itemLink(item.id) }, item.title) },
  { name: "provenance", label: "Place", value: (item) => item.provenance ?? "", show: (item) => originTag(item.provenance) },
  { name: "ratings", label: "Ratings", isNumber: true, value: (item) => item.ratings, show: (item) => count(item.ratings) },
  { name: "variance", label: "Variance", isNumber: true, value: (item) => item.variance ?? Infinity, show: (item) => decimal(item.variance, 4) },
  { name: "impressions", label: "Shown", isNumber: true, value: (item) => item.impressions, show: (item) => count(item.impressions) },
  { name: "added", label: "Added", isNumber: true, value: (item) => item.created_at, show: (item) => moment(item.created_at) },
];

export async function arrivalsView({ main, route, signal }) {
  const sort = columns.find((column) => column.name === route.query.get("sort")) ?? columns[5];
  const isDown = (route.query.get("order") ?? (sort.isNumber ? "down" : "up")) === "down";
  const title = head("New items", "They came after the training. Their place comes from their content, and each rating corrects it until the next training learns it.",
    h("a", { class: "button main", href: "#/add" }, "Add an item"));
  if (!main.querySelector(".arrivals")) fill(main, title, ghosts(1, "poster"));
  const { items, isAll } = await all(signal);
  if (!items.length) {
    fill(main, title, empty("No new items", "Every item has its place from ratings. Add one to see what the service makes of it."));
    return;
  }
  items.sort((a, b) => {
    const [x, y] = [sort.value(a), sort.value(b)];
    return (x < y ? -1 : x > y ? 1 : a.id.localeCompare(b.id)) * (isDown ? -1 : 1);
  });
  const cold = items.filter((item) => item.ratings === 0).length;
  // Sorting is an address as well, so that it stays when one comes back; the heading that was pressed keeps the focus.
  const pressed = document.activeElement?.dataset?.column;
  fill(main, title, h("div", { class: "card scroll arrivals" }, h("table", {},
    h("caption", {}, `${counted(items.length, "new item")}, ${count(cold)} of them without a rating.${isAll ? "" : ` Only the first ${count(most)} are shown.`}`),
    h("thead", {}, h("tr", {}, columns.map((column) => heading(column, column === sort, isDown, route)))),
    h("tbody", {}, items.map((item) => h("tr", {}, columns.map((column) => h("td", { class: column.isNumber ? "num" : "" }, column.show(item)))))))));
  if (pressed) main.querySelector(`[data-column="${pressed}"]`)?.focus();
  announce(`Sorted by ${sort.label}, ${isDown ? "descending" : "ascending"}`);
}

function heading(column, isSorted, isDown, route) {
  return h("th", { scope: "col", class: column.isNumber ? "num" : "", "aria-sort": isSorted ? (isDown ? "descending" : "ascending") : "none" },
    h("button", {
      type: "button", "data-column": column.name,
      onclick: () => route.go({ sort: column.name, order: isSorted ? (isDown ? "up" : "down") : "" }, true),
    }, column.label, h("span", { "aria-hidden": "true" }, isSorted ? (isDown ? " ↓" : " ↑") : "")));
}

/** All new items, page by page. */
async function all(signal) {
  const items = [];
  let next;
  do {
    const page = await get(`/v1/items${query({ only: "new", limit: 100, cursor: next })}`, signal);
    items.push(...page.items);
    next = page.next_cursor;
  } while (next && items.length < most);
  return { items, isAll: !next };
}
