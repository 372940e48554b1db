// Small drawings of a few figures each. What stands beside them says the same in words and numbers.

import { h } from "./dom.js";
import { decimal } from "./format.js";

const at = (share) => `${(100 * share).toFixed(2)}%`;

/** A figure with its sign, such as +0.042 or −0.010. */
export const signed = (number, digits = 3) => {
  const text = decimal(Math.abs(number), digits);
  return /[1-9]/.test(text) ? `${number < 0 ? "−" : "+"}${text}` : text;
};

/** Whether a part speaks for the score or against it, as a class. */
export const side = (number) => (number < 0 ? "against" : "for");

/**
 * Parts that add up: each row's bar begins where the one above ended. `parts` are { label, value }, from `start` to `end`, which
 * are { label, value } as well.
 */
export function waterfall(start, parts, end) {
  const ends = parts.reduce((sums, part) => [...sums, sums.at(-1) + part.value], [start.value]);
  const [low, high] = [Math.min(...ends, end.value), Math.max(...ends, end.value)];
  const place = (value) => 0.03 + (0.94 * (value - low)) / (high - low || 1);
  const guide = (value, y1, y2) => h("line", { class: "guide", x1: at(place(value)), x2: at(place(value)), y1, y2 });
  const row = (label, figure, drawing, isEnd) =>
    h(
      "li",
      { class: isEnd ? "end" : "" },
      h("span", {}, label),
      h("svg", { "aria-hidden": "true" }, drawing),
      h("span", { class: "num" }, figure),
    );
  const mark = (value) => h("circle", { class: "whole", cx: at(place(value)), cy: "50%", r: 5 });
  const last = ends.at(-1);
  return h(
    "ol",
    { class: "waterfall" },
    row(start.label, decimal(start.value), [guide(start.value, "50%", "100%"), mark(start.value)], true),
    parts.map((part, index) => {
      const [from, to] = [ends[index], ends[index + 1]];
      const width = Math.abs(place(to) - place(from));
      return row(part.label, signed(part.value), [
        guide(from, 0, "50%"),
        guide(to, "50%", "100%"),
        h("rect", {
          class: side(part.value),
          x: at(Math.min(place(from), place(to))),
          width: at(Math.max(width, 0.004)),
          y: "22%",
          height: "56%",
          rx: 2,
        }),
      ]);
    }),
    row(end.label, decimal(end.value), [guide(last, 0, "50%"), mark(end.value)], true),
  );
}

/** A bar to either side of none at all, as a share of the largest. */
export function leaning(value, largest) {
  const share = Math.min(1, Math.abs(value) / (largest || 1)) / 2;
  return h(
    "svg",
    { class: "leaning", "aria-hidden": "true" },
    h("line", { class: "guide", x1: "50%", x2: "50%", y1: 0, y2: "100%" }),
    h("rect", {
      class: side(value),
      x: at(value < 0 ? 0.5 - share : 0.5),
      width: at(share),
      y: "20%",
      height: "60%",
      rx: 2,
    }),
  );
}

/** A best guess with what it may be, and where nothing would be: { value, low, high }, on an axis that is given. */
export function interval({ value, low, high }, [from, to], label) {
  const place = (number) => 0.02 + (0.96 * (number - from)) / (to - from || 1);
  const line = (name, x1, x2, y1, y2) => h("line", { class: name, x1: at(x1), x2: at(x2), y1, y2 });
  return h(
    "svg",
    { class: "interval", role: "img", "aria-label": label },
    line("axis", 0, 1, "50%", "50%"),
    line("none", place(0), place(0), "8%", "92%"),
    line("range", place(low), place(high), "50%", "50%"),
    line("cap", place(low), place(low), "30%", "70%"),
    line("cap", place(high), place(high), "30%", "70%"),
    h("circle", { class: "guess", cx: at(place(value)), cy: "50%", r: 6 }),
  );
}

/** Parts of a whole beside each other: { value, style }. */
export function stacked(parts, label) {
  const whole = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  let start = 0;
  return h(
    "svg",
    { class: "stacked", role: "img", "aria-label": label },
    parts.map(({ value, style }) => {
      const rect = h("rect", { class: style, x: at(start / whole), width: at(value / whole), height: "100%" });
      start += value;
      return rect;
    }),
  );
}

/** Two arrows from one point: of lengths that are given, as far apart as a cosine says. */
export function arrows([a, b], cosine, label) {
  const [width, height, reach] = [132, 62, 56];
  const most = Math.max(a.length, b.length, 1e-9);
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  // Both lean to either side of straight up by half of what is between them.
  const arrow = (one, turn) => {
    const length = Math.max(12, (reach * one.length) / most);
    const [x, y] = [width / 2 + length * Math.sin(turn), height - 3 - length * Math.cos(turn)];
    const tip = (sign) => `${x - 7 * Math.sin(turn + sign * 0.45)},${y + 7 * Math.cos(turn + sign * 0.45)}`;
    return [
      h("line", { class: one.style, x1: width / 2, y1: height - 3, x2: x, y2: y }),
      h("polygon", { class: one.style, points: `${x},${y} ${tip(1)} ${tip(-1)}` }),
    ];
  };
  return h(
    "svg",
    { class: "arrows", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    arrow(a, -angle / 2),
    arrow(b, angle / 2),
    h("circle", { cx: width / 2, cy: height - 3, r: 2.5 }),
  );
}

/**
 * How an uncertainty is expected to narrow: { ratings, deviation } from the first on, `now` ratings being there. `unknown` is the
 * deviation of what is not known at all, `warm` the number of ratings from which it counts as warm.
 */
export function funnel(steps, { now, unknown, warm }, label) {
  const [width, height, left, bottom] = [460, 190, 8, 40];
  const most = Math.max(unknown, ...steps.map((one) => one.deviation)) || 1;
  const middle = (height - bottom) / 2;
  const x = (index) => left + (index / (steps.length - 1)) * (width - 2 * left);
  const y = (deviation) => middle - (deviation / most) * (middle - 4);
  // Between two numbers of ratings that are drawn.
  const between = (ratings) => {
    const next = steps.findIndex((one) => one.ratings >= ratings);
    if (next <= 0) return next === 0 ? x(0) : x(steps.length - 1);
    const [from, to] = [steps[next - 1].ratings, steps[next].ratings];
    return x(next - 1 + (ratings - from) / (to - from));
  };
  const upper = steps.map((one, index) => `${x(index).toFixed(1)},${y(one.deviation).toFixed(1)}`);
  const lower = steps.map((one, index) => `${x(index).toFixed(1)},${(2 * middle - y(one.deviation)).toFixed(1)}`);
  const anchor = (index) => (index === 0 ? "start" : index === steps.length - 1 ? "end" : "middle");
  const upright = (name, ratings, text, row) => {
    const place = between(ratings);
    const hold = place < 60 ? "start" : place > width - 80 ? "end" : "middle";
    return [
      h("line", { class: name, x1: place, x2: place, y1: 2, y2: 2 * middle }),
      h("text", { class: name, x: place, y: row, "text-anchor": hold }, text),
    ];
  };
  return h(
    "svg",
    { class: "funnel", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    h("rect", { class: "unknown", x: left, width: width - 2 * left, y: y(unknown), height: 2 * (middle - y(unknown)) }),
    h("polygon", { class: "open", points: [...upper, ...lower.reverse()].join(" ") }),
    h("line", { class: "axis", x1: left, x2: width - left, y1: middle, y2: middle }),
    steps.map((one, index) =>
      h("text", { x: x(index), y: height - bottom + 15, "text-anchor": anchor(index) }, String(one.ratings)),
    ),
    upright("now", now, now ? `now, after ${now}` : "now", height - 6),
    warm > now && warm <= steps.at(-1).ratings && upright("warm", warm, `warm at ${warm}`, height - 6),
  );
}
