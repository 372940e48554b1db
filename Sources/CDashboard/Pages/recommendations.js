// A user's list: each item with its probability, what speaks for it, its explanation, and how it moved since the last rating.

import { get, query } from "./api.js";
import { fill, h } from "./dom.js";
import { explanationParts } from "./explanation.js";
import { counted, decimal, percent } from "./format.js";
import { bar, cursor, empty, failure, ghosts, itemLink, originTag, pager, posterOf } from "./parts.js";

/**
 * The list of the user at `path`. `show(route, signal)` fetches what an address asks for, `refresh()` the same once more,
 * and marks what moved; `rate(item)` is called for the button of an item.
 */
export function recommendationList(path, rate) {
  const element = h("div", {});
  let shownRoute;
  let ranks = new Map();

  async function load(route, signal) {
    if (!element.hasChildNodes()) fill(element, h("div", { class: "stack" }, ghosts(6, "line")));
    const asked = (name) => route.query.get(name);
    try {
      const answer = await get(
        `${path}/recommendations${query({
          limit: 12,
          explain: "true",
          only: asked("only"),
          genre: asked("genre"),
          year: asked("year"),
          cursor: cursor(route),
        })}`,
        signal,
      );
      fill(element, content(answer), pager(route, answer.next_cursor));
    } catch (error) {
      if (error.name === "AbortError") return;
      const isUntrained = error.code === "model.none";
      fill(
        element,
        isUntrained ? empty("No model yet", "Train one; then there are lists.") : failure(error, () => route.go({})),
      );
    }
  }

  function content(answer) {
    const all = answer.recommendations;
    const before = ranks;
    ranks = new Map(all.map((one) => [one.item_id, one.rank]));
    if (!all.length) return empty("Nothing to recommend", "No item passes these filters.");
    const most = Math.max(...all.map(strength), 1e-9);
    return [
      h(
        "p",
        { class: "hint" },
        `The best of ${counted(answer.candidates.count, "item")} that pass and are not rated yet.`,
      ),
      h(
        "ol",
        { class: "recommendations" },
        all.map((one) => place(one, strength(one) / most, moved(one, before), { path, rate })),
      ),
    ];
  }

  return {
    element,
    show(route, signal) {
      shownRoute = route;
      ranks = new Map();
      return load(route, signal);
    },
    refresh: () => load(shownRoute),
  };
}

const strength = (one) => one.probability ?? one.score;

function place(one, share, change, { path, rate }) {
  const [button, panel] = explanationParts(path, one);
  const words =
    one.probability === undefined ? `score ${decimal(one.score)}` : `${percent(one.probability)} likely next`;
  const title = h(
    "h3",
    {},
    h("a", { href: itemLink(one.item_id) }, one.title),
    one.year !== undefined && h("span", { class: "soft" }, String(one.year)),
    one.provenance !== "learned" && originTag(one.provenance),
    change,
  );
  return h(
    "li",
    {},
    h("span", { class: "rank" }, String(one.rank)),
    posterOf(one),
    h("div", {}, title, reasons(one)),
    h("div", { class: "chance" }, h("span", {}, words), bar(share)),
    h("div", { class: "acts" }, button, rateButton(one, rate)),
    panel,
  );
}

/** A button to rate an item, which names it to those who hear it. */
export const rateButton = (item, rate) =>
  h(
    "button",
    { type: "button", class: "small", onclick: () => rate(item) },
    "Rate",
    h("span", { class: "unseen" }, ` ${item.title}`),
  );

/** How an item moved since the list before. */
function moved(one, before) {
  if (!before.size) return null;
  const rank = before.get(one.item_id);
  if (rank === undefined) return h("span", { class: "tag good" }, "new here");
  return rank > one.rank ? h("span", { class: "tag good" }, `up ${rank - one.rank}`) : null;
}

/** The nearest liked items of the history. */
function reasons(one) {
  const history = one.reasons?.history ?? [];
  if (!history.length) return null;
  const links = history.map((reason, index) => [
    index ? ", " : "",
    h("a", { href: itemLink(reason.item_id) }, reason.title),
  ]);
  return h("p", {}, "Because of ", links);
}
