// What two posters change: first whether it is more than noise, then what.

import { traitList } from "./cold-card.js";
import { announce, fill, h } from "./dom.js";
import { interval, signed, stacked } from "./drawings.js";
import { count, counted, decimal, percent } from "./format.js";
import { bar, strip } from "./parts.js";

/** Shows a comparison of two files in `element`, and brings it into view. */
export function showComparison(element, answer, files, signal) {
  const isReal = answer.is_beyond_noise;
  const verdict = isReal ? "The two posters place it differently" : "No difference beyond noise";
  const heading = h("h2", { tabindex: -1 }, verdict);
  const addresses = files.map((file) => URL.createObjectURL(file));
  signal.addEventListener("abort", () => addresses.forEach((address) => URL.revokeObjectURL(address)));
  fill(
    element,
    h(
      "div",
      { class: `card verdict ${isReal ? "real" : "noise"}` },
      heading,
      h(
        "p",
        {},
        isReal
          ? "The difference as a whole is outside of its 95 % region around none at all."
          : "What follows is within what chance makes of two posters: read nothing into it.",
      ),
      difference(answer),
    ),
    h("div", { class: isReal ? "stack" : "stack muted" }, exchange(answer.audience), sides(answer, addresses)),
  );
  heading.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
  announce(`${verdict}.`);
}

function difference({ distance, deviation, appeal }) {
  const [low, high] = [appeal.low, appeal.high];
  const reach = Math.max(Math.abs(low), Math.abs(high), Math.abs(appeal.difference)) * 1.1 || 1;
  const farthest = (distance + 1.96 * deviation) * 1.05 || 1;
  const row = (name, drawing, scale, words) =>
    h(
      "li",
      {},
      h("h3", {}, name),
      drawing,
      h("p", { class: "scale", "aria-hidden": "true" }, scale.map((text) => h("span", {}, text))),
      h("p", { class: "hint" }, words),
    );
  return h(
    "ul",
    { class: "differences" },
    row(
      "How far apart the scores are",
      interval(
        { value: distance, low: Math.max(0, distance - 1.96 * deviation), high: distance + 1.96 * deviation },
        [0, farthest],
        `Scores are ${decimal(distance, 4)} apart, give or take ${decimal(1.96 * deviation, 4)}`,
      ),
      ["the same", "farther apart →"],
      `${decimal(distance, 4)}, root mean square over users; ± ${decimal(deviation, 4)} (one standard deviation; the whisker is 95 %)`,
    ),
    row(
      "Which the average user would rather have",
      interval(
        // A stands at the left throughout.
        { value: -appeal.difference, low: -high, high: -low },
        [-reach, reach],
        `The average user's score is ${signed(appeal.difference, 4)} with A, between ${signed(low, 4)} and ${signed(high, 4)}`,
      ),
      ["← A", "no difference", "B →"],
      `${signed(appeal.difference, 4)} on the score with A, 95 % from ${signed(low, 4)} to ${signed(high, 4)}` +
        (low <= 0 && high >= 0 ? ": it may be none" : ""),
    ),
  );
}

/** Who is in the likeliest tenth with either poster. */
function exchange(audience) {
  const { users, size, shared, only_a: onlyA, only_b: onlyB, surely_a: surelyA, surely_b: surelyB } = audience;
  const open = users - surelyA - surelyB;
  const key = (style, text) => h("span", {}, h("i", { class: style }), text);
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Audience gained and lost"),
    h("p", {}, `The likeliest ${count(size)} of ${counted(users, "user")} with either poster:`),
    stacked(
      [
        { value: onlyA, style: "side-a" },
        { value: shared, style: "side-both" },
        { value: onlyB, style: "side-b" },
      ],
      `${count(onlyA)} only with A, ${count(shared)} with both, ${count(onlyB)} only with B`,
    ),
    h(
      "p",
      { class: "legend" },
      key("side-a", `${count(onlyA)} only with A`),
      key("side-both", `${count(shared)} with both`),
      key("side-b", `${count(onlyB)} only with B`),
    ),
    h("p", {}, "Of all of them, whose score is surely (95 %) higher:"),
    stacked(
      [
        { value: surelyA, style: "side-a" },
        { value: open, style: "side-open" },
        { value: surelyB, style: "side-b" },
      ],
      `${count(surelyA)} surely with A, ${count(open)} undecided, ${count(surelyB)} surely with B`,
    ),
    h(
      "p",
      { class: "legend" },
      key("side-a", `${count(surelyA)} with A`),
      key("side-open", `${count(open)} nobody can tell`),
      key("side-b", `${count(surelyB)} with B`),
    ),
  );
}

function sides(answer, addresses) {
  const reach = Math.max(answer.a.reach, answer.b.reach, 1e-9);
  const one = (letter, compared, traits, address) =>
    h(
      "section",
      { class: "card" },
      h(
        "div",
        { class: "compared-head" },
        h("img", { src: address, alt: `Poster ${letter}` }),
        h(
          "div",
          { class: "stack" },
          h("h2", {}, h("span", { class: `letter side-${letter.toLowerCase()}` }, letter), ` With poster ${letter}`),
          h(
            "div",
            {},
            bar(compared.reach / reach),
            h("p", {}, `Among the first 20 of ${percent(compared.reach)} of users`),
          ),
          h("p", { class: "hint" }, `Its score would be right to ±${decimal(Math.sqrt(compared.variance), 2)}.`),
        ),
      ),
      h("h3", {}, "What it would be like"),
      strip(compared.neighbours),
      answer.is_beyond_noise && [h("h3", {}, `Drawn most by ${letter}`), traitList(traits)],
    );
  return h(
    "div",
    { class: "two" },
    one("A", answer.a, answer.traits_of_a, addresses[0]),
    one("B", answer.b, answer.traits_of_b, addresses[1]),
  );
}
