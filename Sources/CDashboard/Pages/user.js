// One user: what is recommended, what was rated, and a way to rate and see the list change.

import { get, post, query, segment } from "./api.js";
import { ratingDialog } from "./dialogs.js";
import { announce, check, field, fill, h, isFiltering, settled } from "./dom.js";
import { count, counted, decimal, moment } from "./format.js";
import { failure, ghosts, itemLink, sentence } from "./parts.js";
import { rateButton, recommendationList } from "./recommendations.js";

// What is shown of the user whose page this is.
let page;

export async function userView({ main, id, route, signal, setTitle, isNewPage, refreshStatus }) {
  setTitle(`User ${id}`);
  if (isNewPage || !isFiltering(main)) page = build(main, id, route, refreshStatus);
  page.changes.hidden = true;
  await Promise.all([page.list.show(route, signal), page.history.show(signal)]);
}

function build(main, id, route, refreshStatus) {
  const path = `/v1/users/${segment(id)}`;
  const changes = h("p", { class: "notice", hidden: true, tabindex: -1 });
  const list = recommendationList(path, rate);
  const history = historyList(path);

  async function rate(item) {
    const value = await ratingDialog(item.title, history.best);
    if (value === undefined) return;
    try {
      await post("/v1/ratings", { user_id: id, item_id: item.item_id, rating: value });
      await Promise.all([list.refresh(), history.show()]);
      changes.className = "notice";
      changes.textContent = `“${item.title}” rated ${value}. The list has changed at once.`;
      refreshStatus();
    } catch (error) {
      changes.className = "notice bad";
      changes.textContent = `${sentence(error.message)} ${sentence(error.fix)}`;
    }
    changes.hidden = false;
    // The button that was pressed has gone with the old list.
    if (document.activeElement === document.body) changes.focus();
    announce(changes.textContent);
  }

  const card = (title, ...content) => h("section", { class: "card" }, h("h2", {}, title), content);
  fill(
    main,
    h("div", { class: "head" }, h("h1", {}, `User ${id}`), history.facts),
    h(
      "div",
      { class: "user" },
      card("Recommended", filters(route), changes, list.element),
      h("div", { class: "stack" }, card("Rate an item", finder(rate)), card("History", history.element)),
    ),
  );
  return { list, history, changes };
}

/** What the user rated, the newest first. `best` is the highest rating that can be given. */
function historyList(path) {
  const facts = h("p", { class: "soft" }, " ");
  const element = h("div", { class: "stack" }, ghosts(1, "line"));
  const list = { facts, element, best: 5, show };
  let limit = 15;

  async function show(signal) {
    try {
      const [user, { ratings, next_cursor: next }] = await Promise.all([
        get(path, signal),
        get(`${path}/ratings${query({ limit })}`, signal),
      ]);
      const words = Object.entries(user.attributes).map(([name, value]) => `${name} ${value}`);
      facts.textContent = [counted(user.ratings, "rating"), ...words].join(" · ");
      // Nobody says how ratings are scaled, so what was given tells.
      list.best = ratings.some((one) => one.rating > 5) ? 10 : 5;
      fill(
        element,
        ratings.length
          ? h("ul", { class: "history" }, ratings.map(line))
          : h("p", { class: "soft" }, "Nothing rated yet."),
        next && h("p", { class: "hint" }, `The newest ${count(ratings.length)} of ${count(user.ratings)}.`),
        next && limit < 100 && h("button", { type: "button", class: "small", onclick: more }, "Show more"),
      );
    } catch (error) {
      if (error.name !== "AbortError") fill(element, failure(error));
    }
  }

  function more() {
    limit = 100;
    show();
  }

  return list;
}

const line = (one) =>
  h(
    "li",
    {},
    h("a", { href: itemLink(one.item_id) }, one.title),
    h("span", { class: "num", title: moment(one.timestamp) }, decimal(one.rating, one.rating % 1 ? 1 : 0)),
  );

function filters(route) {
  const text = (name, more) =>
    h("input", { type: "text", value: route.query.get(name) ?? "", autocomplete: "off", ...more });
  const genre = text("genre");
  const year = text("year", { placeholder: "1990..1999" });
  const only = check("Only new items", route.query.get("only") === "new", () => change());
  const change = () =>
    route.go({
      genre: genre.value.trim(),
      year: year.value.trim(),
      only: only.querySelector("input").checked ? "new" : "",
      pages: "",
    });
  for (const input of [genre, year]) input.addEventListener("input", settled(change, 400));
  const onsubmit = (event) => {
    event.preventDefault();
    change();
  };
  return h(
    "form",
    { class: "filters", "aria-label": "Filters", onsubmit },
    field("Genre", genre),
    field("Years", year),
    only,
  );
}

/** A search among all items, each of which can be rated. */
function finder(rate) {
  const input = h("input", { type: "search", autocomplete: "off" });
  const found = h("ul", { class: "plain" });
  const result = (item) =>
    h(
      "li",
      { class: "row" },
      rateButton({ item_id: item.id, title: item.title }, rate),
      h("a", { href: itemLink(item.id) }, item.title),
    );
  const search = async () => {
    const text = input.value.trim();
    if (!text) return fill(found);
    const { items } = await get(`/v1/items${query({ query: text, limit: 6 })}`).catch(() => ({ items: [] }));
    fill(found, items.length ? items.map(result) : h("li", { class: "soft" }, "Nothing found."));
    announce(`${counted(items.length, "item")} found`);
  };
  input.addEventListener("input", settled(search));
  return [field("Search titles", input), found];
}
