// Why an item is on a user's list: the score as a sum, the films of the history, the words, the poster.

import { get, query, segment } from "./api.js";
import { fill, h } from "./dom.js";
import { leaning, side, signed, waterfall } from "./drawings.js";
import { decimal } from "./format.js";
import { heatPoster } from "./heat.js";
import { failure, ghosts, itemLink, posterOf } from "./parts.js";

/** What is not worth a row: rounding, as the service bounds it. */
const rounding = 1e-4;
const names = { ratings: "first ratings", cnn: "poster and text together", length: "length of the texts" };

/**
 * A button that opens the explanation of an item for the user at `path`, and what it opens: [button, panel]. It is asked for with
 * the first opening.
 */
export function explanationParts(path, item) {
  const panel = h("div", { class: "why", hidden: true });
  const button = h(
    "button",
    { type: "button", class: "small", "aria-expanded": "false", onclick: () => toggle(panel.hidden) },
    "Why?",
    h("span", { class: "unseen" }, ` ${item.title}`),
  );

  async function load() {
    fill(panel, ghosts(2, "line"));
    try {
      const [explanation, known] = await Promise.all([
        get(`${path}/items/${segment(item.item_id)}/explanation${query({ limit: 8 })}`),
        get(`/v1/items/${segment(item.item_id)}`),
      ]);
      fill(panel, content(explanation, known));
    } catch (error) {
      fill(panel, failure(error, load));
    }
  }

  function toggle(isOpen) {
    panel.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && !panel.hasChildNodes()) load();
  }

  return [button, panel];
}

function content(explanation, item) {
  const isLearned = explanation.baseline === undefined;
  const part = (title, ...more) => h("section", { class: "stack" }, h("h4", {}, title), more);
  const text = [
    isLearned
      ? part("Its score", h("p", {}, `${decimal(explanation.score)}. Ratings have placed the item, not its content.`))
      : part("What its score is made of", sum(explanation)),
    explanation.history.length > 0 &&
      part("The rated items that say most", history(explanation.history)),
    explanation.words.length > 0 && part("The words that say most", words(explanation.words, item)),
  ];
  if (!explanation.poster || !item.poster) return h("div", { class: "stack" }, text);
  return h(
    "div",
    { class: "why-two" },
    heatPoster(item.title, item.poster, explanation.poster),
    h("div", { class: "stack" }, text),
  );
}

function sum({ baseline, contributions, unexplained, score }) {
  const parts = contributions.map((one) => ({ label: names[one.kind] ?? one.kind, value: one.contribution }));
  const scale = contributions.reduce((all, one) => all + Math.abs(one.contribution), Math.abs(baseline));
  const isComplete = Math.abs(unexplained) <= rounding * Math.max(scale, 1);
  if (!isComplete) parts.push({ label: "placed before its content changed", value: unexplained });
  return [
    waterfall({ label: "Nothing known of it", value: baseline }, parts, { label: "Its score", value: score }),
    h("p", { class: "hint" }, "Each bar begins where the one above ended; together they are the score."),
  ];
}

const figure = (value) => h("span", { class: `num ${side(value)}-text` }, signed(value));

function history(entries) {
  const largest = Math.max(...entries.map((one) => Math.abs(one.contribution ?? 0)), 1e-9);
  return [
    h(
      "ul",
      { class: "near" },
      entries.map((one) =>
        h(
          "li",
          {},
          posterOf(one),
          h(
            "span",
            {},
            h("a", { href: itemLink(one.item_id) }, one.title),
            h("small", {}, `rated ${decimal(one.rating, one.rating % 1 ? 1 : 0)} · ${decimal(one.similarity, 2)} alike`),
          ),
          one.contribution !== undefined && [leaning(one.contribution, largest), figure(one.contribution)],
        ),
      ),
    ),
    h(
      "p",
      { class: "hint" },
      "What the score would lose without each rating. They are looked at one at a time, so these do not add up.",
    ),
  ];
}

function words(all, item) {
  const largest = Math.max(...all.map((one) => Math.abs(one.contribution)), 1e-9);
  // Where few words say anything, the rest are among the strongest without being strong.
  const found = all.filter((one) => Math.abs(one.contribution) >= largest / 50);
  const marked = (text, kind) => {
    const known = new Map(found.filter((one) => one.text === kind).map((one) => [one.word, one.contribution]));
    // Runs of letters, marks and digits, as the service cuts words.
    return text.split(/([\p{L}\p{N}\p{M}]+)/u).map((piece) => {
      const value = known.get(piece.toLowerCase());
      if (value === undefined) return piece;
      const strength = Math.max(1, Math.ceil((3 * Math.abs(value)) / largest));
      return h("mark", { class: `${side(value)}${strength}`, title: signed(value) }, piece);
    });
  };
  return [
    h(
      "p",
      { class: "words" },
      h("b", {}, marked(item.title, "title")),
      " ",
      marked(item.description, "description"),
    ),
    h(
      "ul",
      { class: "word-list" },
      found.map((one) =>
        h(
          "li",
          {},
          h("span", {}, one.word),
          leaning(one.contribution, largest),
          figure(one.contribution),
        ),
      ),
    ),
    h(
      "p",
      { class: "hint marks" },
      "Marked words speak ",
      h("mark", { class: "for3" }, "for"),
      " the score or ",
      h("mark", { class: "against3" }, "against"),
      " it: what it loses without each.",
    ),
  ];
}
