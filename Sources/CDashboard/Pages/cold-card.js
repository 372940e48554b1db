// The card of an item: how sure its place is, who is expected to want it, what poster, text and metadata each said.

import { h } from "./dom.js";
import { arrows, funnel } from "./drawings.js";
import { count, counted, decimal, percent } from "./format.js";
import { audienceList, bar, itemLink, posterOf } from "./parts.js";

const tile = (figure, name, note) =>
  h("li", {}, h("b", {}, figure), h("span", {}, name), note && h("small", {}, note));

const tiles = (...list) => h("ul", { class: "tiles" }, list);

/** How sure the place of a new item is, and what first ratings are expected to settle. */
export function certaintyOf({ certainty }) {
  const { variance, variance_of_unknown: unknown, ratings, ratings_until_warm: more, forecast } = certainty;
  const steps = forecast.map((one) => ({ ratings: one.ratings, deviation: Math.sqrt(one.variance) }));
  const warm = more === undefined ? undefined : ratings + more;
  const learned = certainty.ratings_until_learned;
  const words = `The score is right to ±${decimal(Math.sqrt(variance))} after ${counted(ratings, "rating")}; after 100 it would be ±${decimal(steps.at(-1).deviation)}.`;
  return h(
    "div",
    { class: "stack" },
    tiles(
      tile(`±${decimal(Math.sqrt(variance), 2)}`, "on its score", "one standard deviation"),
      tile(
        percent(variance / (unknown || 1), 0),
        "still open",
        `variance ${decimal(variance, 4)}; ${decimal(unknown, 4)} of an unknown item`,
      ),
      tile(
        more === undefined ? "–" : count(more),
        more === 1 ? "rating until warm" : "ratings until warm",
        more === 0 ? "its audience says more than its content" : `it has ${count(ratings)}`,
      ),
    ),
    h(
      "figure",
      {},
      funnel(steps, { now: ratings, unknown: Math.sqrt(unknown), warm }, words),
      h(
        "figcaption",
        { class: "hint" },
        "How far its score may be off, by number of ratings. The pale band is an item of which nothing is known.",
      ),
    ),
    h(
      "p",
      { class: "hint" },
      "Warm: half of what content left open is settled. ",
      learned
        ? `A retrain learns from its ratings after ${count(learned)} more.`
        : "The next retrain learns from its ratings.",
    ),
  );
}

const traitName = ({ kind, name, value }) => {
  if (kind === "attribute") return `${name} ${value ?? ""}`;
  if (kind === "genre") return `likes ${name}`;
  return ["likes ", h("a", { href: itemLink(name) }, value ?? name)];
};

/** What is commoner among some users than among all. */
export function traitList(traits) {
  if (!traits.length) return h("p", { class: "soft" }, "Nothing sets them apart from all users beyond chance.");
  const most = Math.max(...traits.flatMap((one) => [one.share, one.share_of_all]), 1e-9);
  const row = (style, share, y) =>
    h("rect", { class: style, width: `${((100 * share) / most).toFixed(1)}%`, y, height: "45%", rx: 2 });
  return h(
    "ul",
    { class: "traits" },
    traits.map((one) =>
      h(
        "li",
        {},
        h("span", {}, traitName(one)),
        h(
          "svg",
          { class: "pairs", "aria-hidden": "true" },
          row("own", one.share, 0),
          row("all", one.share_of_all, "55%"),
        ),
        h(
          "span",
          { class: "num" },
          percent(one.share, 0),
          h("small", {}, ` of them, ${percent(one.share_of_all, 0)} of all`),
        ),
      ),
    ),
  );
}

/** Who is expected to want an item: how many, what sets them apart, the likeliest. */
export function audienceOf({ audience }, ...more) {
  const takers = audience.expected_takers;
  return h(
    "div",
    { class: "stack" },
    tiles(
      takers !== undefined &&
        tile(
          takers < 0.1 ? "under 0.1" : decimal(takers, takers < 10 ? 1 : 0),
          "expected takers",
          "if each user took one title",
        ),
      tile(percent(audience.reach), "of users reached", `have it among their first ${audience.list_length}`),
    ),
    h(
      "div",
      { class: "two" },
      h(
        "div",
        { class: "stack" },
        h("h3", {}, `Commoner among the likeliest ${count(audience.described)}`),
        traitList(audience.traits),
      ),
      h("div", { class: "stack" }, h("h3", {}, "The likeliest"), audienceList(audience.likeliest), more),
    ),
  );
}

/** What poster, text and metadata each say alone, and where they disagree. */
export function voicesOf({ voices, comparisons }) {
  const strongest = Math.max(...voices.map((one) => one.strength), 1e-9);
  const farthest = Math.max(...comparisons.flatMap((one) => [one.distance, one.expected]), 1e-9);
  return h(
    "div",
    { class: "stack" },
    h(
      "div",
      { class: "voices" },
      voices.map((voice) =>
        h(
          "section",
          { class: `voice of-${voice.name}` },
          h("h3", {}, voice.name[0].toUpperCase() + voice.name.slice(1)),
          h("p", { class: "hint" }, voice.kinds.join(", ")),
          h(
            "div",
            { class: "strength" },
            bar(voice.strength / strongest),
            h("span", { class: "num" }, percent(voice.strength, 0)),
          ),
          h(
            "p",
            { class: "hint" },
            "how far it moves the item, of what items differ by; ",
            `right to ±${decimal(Math.sqrt(voice.variance), 2)}`,
          ),
          h("p", {}, "Alone it would put it beside"),
          h(
            "ul",
            { class: "beside" },
            voice.neighbours
              .slice(0, 3)
              .map((one) =>
                h("li", {}, h("a", { href: itemLink(one.item_id) }, posterOf(one), h("span", {}, one.title))),
              ),
          ),
        ),
      ),
    ),
    comparisons.length > 0 && h("h3", {}, "Where they disagree"),
    h(
      "ul",
      { class: "disputes" },
      comparisons.map((one) => dispute(one, voices, farthest)),
    ),
    comparisons.length > 0 &&
      h(
        "p",
        { class: "hint" },
        "Arrows: which way each moves the item, and how far. Bars: how far apart the two would put it; the line is what to expect of two guesses as unsure as these, and what stays near it is no dispute.",
      ),
  );
}

function dispute(one, voices, farthest) {
  const [a, b] = one.between.map((name) => ({
    style: `of-${name}`,
    length: voices.find((voice) => voice.name === name).strength,
  }));
  const isAlike = one.agreement > 0.5;
  const way = isAlike ? "much the same way" : one.agreement < -0.5 ? "mostly opposite ways" : "different ways";
  const place = (value) => `${((100 * value) / farthest / 1.05).toFixed(1)}%`;
  return h(
    "li",
    { class: one.disagrees ? "apart" : "" },
    arrows([a, b], one.agreement, `${one.between.join(" and ")} point ${way}: cosine ${decimal(one.agreement, 2)}`),
    h(
      "div",
      {},
      h("b", {}, `${one.between[0]} and ${one.between[1]}`),
      " ",
      h("span", { class: `tag ${one.disagrees ? "bad" : "good"}` }, one.disagrees ? "disagree" : "no dispute"),
      h(
        "svg",
        { class: "apartness", "aria-hidden": "true" },
        h("rect", { class: "rest", width: "100%", y: "25%", height: "50%" }),
        h("rect", { class: "part", width: place(one.distance), y: "25%", height: "50%" }),
        h("line", { x1: place(one.expected), x2: place(one.expected), y1: 0, y2: "100%" }),
      ),
      h(
        "p",
        { class: "hint" },
        `point ${way} · ${decimal(one.distance, 2)} apart, ${decimal(one.expected, 2)} to be expected`,
      ),
    ),
  );
}
