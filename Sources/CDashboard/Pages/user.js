// One user: what is recommended and why, what was rated, and a way to rate and see the list change.

import { get, post, query, segment } from "./api.js";
import { ratingDialog } from "./dialogs.js";
import { announce, check, field, fill, h, settled } from "./dom.js";
import { count, counted, decimal, moment, percent } from "./format.js";
import { bar, cursor, empty, failure, ghosts, itemLink, originTag, pager, posterOf, sentence } from "./parts.js";

export async function userView({ main, id, route, signal, setTitle, isNewPage, refreshStatus }) {
  const path = `/v1/users/${segment(id)}`;
  setTitle(id);
  if (isNewPage || main.querySelector(".user")?.dataset.id !== id) build(main, id, path, route, refreshStatus);
  await Promise.all([main.show(route, signal), main.showHistory(signal)]);
}

function build(main, id, path, route, refreshStatus) {
  const facts = h("p", { class: "soft" }, " ");
  const list = h("div", {});
  const history = h("div", { class: "stack" }, ghosts(1, "line"));
  const changes = h("p", { class: "notice", hidden: true });
  const found = h("ul", { class: "plain" });
  let current = route;
  let ranks = new Map();
  let best = 5;
  let historyLimit = 15;

  const layout = h("div", { class: "user" },
    h("section", { class: "card" }, h("h2", {}, "Recommended"), filters(route), changes, list),
    h("div", { class: "stack" },
      h("section", { class: "card" }, h("h2", {}, "Rate an item"), finder(found, (item) => rate(item)), found),
      h("section", { class: "card" }, h("h2", {}, "History"), history)));
  layout.dataset.id = id;
  fill(main, h("div", { class: "head" }, h("h1", {}, id), facts), layout);

  main.show = async (newRoute, signal, keepsOld = false) => {
    current = newRoute;
    const { query: asked } = newRoute;
    if (!keepsOld) { fill(list, h("div", { class: "stack" }, ghosts(6, "line"))); ranks = new Map(); changes.hidden = true; }
    try {
      const answer = await get(`${path}/recommendations${query({
        limit: 12, explain: "true", only: asked.get("only"), genre: asked.get("genre"), year: asked.get("year"), cursor: cursor(newRoute),
      })}`, signal);
      fill(list,
        h("p", { class: "hint" }, `The best of ${counted(answer.candidates.count, "item")} that pass and are not rated yet.`),
        answer.recommendations.length ? recommendations(answer.recommendations) : empty("Nothing to recommend", "No item passes these filters."),
        pager(newRoute, answer.next_cursor));
    } catch (error) {
      if (error.name === "AbortError") return;
      fill(list, error.code === "model.none" ? empty("No model yet", "Train one; then there are lists.") : failure(error, () => newRoute.go({}, true)));
    }
  };

  main.showHistory = async (signal) => {
    try {
      const [user, page] = await Promise.all([get(path, signal), get(`${path}/ratings${query({ limit: historyLimit })}`, signal)]);
      const words = Object.entries(user.attributes).map(([name, value]) => `${name} ${value}`);
      facts.textContent = [counted(user.ratings, "rating"), ...words].join(" · ");
      // Nobody says how ratings are scaled, so what was given tells.
      best = page.ratings.some((one) => one.rating > 5) ? 10 : 5;
      fill(history, page.ratings.length
        ? h("ul", { class: "history" }, page.ratings.map((one) => h("li", {},
          h("a", { href: itemLink(one.item_id) }, one.title), h("span", { class: "num", title: moment(one.timestamp) }, decimal(one.rating, one.rating % 1 ? 1 : 0)))))
        : h("p", { class: "soft" }, "Nothing rated yet."),
      page.next_cursor && h("p", { class: "hint" }, `The newest ${count(page.ratings.length)} of ${count(user.ratings)}.`),
      page.next_cursor && historyLimit < 100 && h("button", { type: "button", class: "small", onclick: more }, "Show more"));
    } catch (error) {
      if (error.name !== "AbortError") fill(history, failure(error));
    }
  };

  const more = () => {
    historyLimit = 100;
    main.showHistory();
  };

  function recommendations(all) {
    const last = ranks;
    ranks = new Map(all.map((one) => [one.item_id, one.rank]));
    const most = Math.max(...all.map((one) => one.probability ?? one.score), 1e-9);
    return h("ol", { class: "recommendations" }, all.map((one) => h("li", {},
      h("span", { class: "rank" }, String(one.rank)), posterOf(one),
      h("div", {}, h("h3", {}, h("a", { href: itemLink(one.item_id) }, one.title), one.year !== undefined && h("span", { class: "soft" }, String(one.year)),
        one.provenance !== "learned" && originTag(one.provenance), moved(one, last)),
      reasons(one)),
      h("div", { class: "chance" }, h("span", {}, one.probability === undefined ? `score ${decimal(one.score)}` : `${percent(one.probability)} likely next`), bar((one.probability ?? one.score) / most)),
      h("button", { type: "button", class: "small", onclick: () => rate(one) }, "Rate", h("span", { class: "unseen" }, ` ${one.title}`)))));
  }

  /** How an item moved since the list before. */
  function moved(one, last) {
    if (!last.size) return null;
    const before = last.get(one.item_id);
    if (before === undefined) return h("span", { class: "tag good" }, "new here");
    return before > one.rank ? h("span", { class: "tag good" }, `up ${before - one.rank}`) : null;
  }

  async function rate(item) {
    const value = await ratingDialog(item.title, best);
    if (value === undefined) return;
    changes.hidden = false;
    try {
      await post("/v1/ratings", { user_id: id, item_id: item.item_id, rating: value });
      await Promise.all([main.show(current, undefined, true), main.showHistory()]);
      changes.className = "notice";
      changes.textContent = `“${item.title}” rated ${value}. The list has changed at once.`;
      refreshStatus();
    } catch (error) {
      changes.className = "notice bad";
      changes.textContent = `${sentence(error.message)} ${sentence(error.fix)}`;
    }
    announce(changes.textContent);
  }
}

/** The nearest liked items of the history. */
function reasons(one) {
  const history = one.reasons?.history ?? [];
  if (!history.length) return null;
  return h("p", {}, "Because of ", history.map((reason, index) => [index ? ", " : "", h("a", { href: itemLink(reason.item_id) }, reason.title)]));
}

function filters(route) {
  const genre = h("input", { type: "text", value: route.query.get("genre") ?? "", autocomplete: "off" });
  const year = h("input", { type: "text", value: route.query.get("year") ?? "", autocomplete: "off", placeholder: "1990..1999" });
  const only = check("Only new items", route.query.get("only") === "new", () => change());
  const change = () => route.go({
    genre: genre.value.trim(), year: year.value.trim(), only: only.querySelector("input").checked ? "new" : "", pages: "",
  }, true);
  for (const input of [genre, year]) input.addEventListener("input", settled(change, 400));
  return h("form", { class: "filters", "aria-label": "Filters", onsubmit: (event) => { event.preventDefault(); change(); } },
    field("Genre", genre), field("Years", year), only);
}

/** A search among all items, each of which can be rated. */
function finder(found, rate) {
  const input = h("input", { type: "search", autocomplete: "off" });
  const search = settled(async () => {
    const text = input.value.trim();
    if (!text) { fill(found); return; }
    const { items } = await get(`/v1/items${query({ query: text, limit: 6 })}`).catch(() => ({ items: [] }));
    fill(found, items.length ? items.map((item) => h("li", { class: "row" },
      h("button", { type: "button", class: "small", onclick: () => rate({ item_id: item.id, title: item.title }) }, "Rate", h("span", { class: "unseen" }, ` ${item.title}`)),
      h("a", { href: itemLink(item.id) }, item.title))) : h("li", { class: "soft" }, "Nothing found."));
    announce(`${counted(items.length, "item")} found`);
  });
  input.addEventListener("input", search);
  return field("Search titles", input);
}
