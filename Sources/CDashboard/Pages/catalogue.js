// The catalogue: posters, search, only new items, page by page.

import { get, query } from "./api.js";
import { announce, check, field, fill, h, isFiltering, settled } from "./dom.js";
import { counted } from "./format.js";
import { cursor, empty, failure, ghosts, head, itemLink, originTag, pager, poster, searchForm } from "./parts.js";

const pageSize = 24;

export async function catalogueView({ main, route, signal, isNewPage }) {
  // While somebody types, the field stays and only what is below it changes.
  if (isNewPage || !isFiltering(main)) build(main, route);
  const box = main.querySelector(".posters-box");
  const { query: asked } = route;
  if (!box.hasChildNodes()) fill(box, h("div", { class: "posters" }, ghosts(12)));
  box.setAttribute("aria-busy", "true");
  try {
    const page = await get(
      `/v1/items${query({
        query: asked.get("query"),
        only: asked.get("only"),
        genre: asked.get("genre"),
        limit: pageSize,
        cursor: cursor(route),
      })}`,
      signal,
    );
    fill(box, page.items.length ? grid(page.items) : nothing(route), pager(route, page.next_cursor));
    announce(`${counted(page.items.length, "item")} on this page`);
  } catch (error) {
    if (error.name === "AbortError") return;
    fill(
      box,
      failure(error, () => route.go({})),
    );
  } finally {
    box.removeAttribute("aria-busy");
  }
}

function build(main, route) {
  const search = h("input", { type: "search", value: route.query.get("query") ?? "", autocomplete: "off" });
  const genre = h("input", { type: "text", value: route.query.get("genre") ?? "", autocomplete: "off" });
  const change = () =>
    route.go({ query: search.value.trim(), genre: genre.value.trim(), only: onlyNew() ? "new" : "", pages: "" });
  const only = check("Only new items", route.query.get("only") === "new", change);
  const onlyNew = () => only.querySelector("input").checked;
  for (const input of [search, genre]) input.addEventListener("input", settled(change));
  fill(
    main,
    head("Catalogue", undefined, h("a", { class: "button main", href: "#/add" }, "Add an item")),
    searchForm(change, field("Search titles", search), field("Genre", genre), only),
    h("section", { class: "posters-box", "aria-label": "Items" }),
  );
}

function grid(items) {
  return h(
    "ul",
    { class: "posters" },
    items.map((item) =>
      h(
        "li",
        {},
        h(
          "a",
          { href: itemLink(item.id) },
          poster(item.title, item.year, item.poster),
          h("b", {}, item.title),
          h(
            "small",
            {},
            h(
              "span",
              {},
              [item.year, counted(item.ratings, "rating")].filter((part) => part !== undefined).join(" · "),
            ),
            item.provenance !== "learned" && originTag(item.provenance),
          ),
        ),
      ),
    ),
  );
}

function nothing(route) {
  const isFiltered = ["query", "only", "genre"].some((name) => route.query.get(name));
  return isFiltered
    ? empty(
        "Nothing found",
        "No item passes this search and these filters.",
        h("a", { class: "button", href: "#/items" }, "Show all"),
      )
    : empty(
        "The catalogue is empty",
        "Import one with “coldstart import”, or begin with a single item.",
        h("a", { class: "button main", href: "#/add" }, "Add an item"),
      );
}
