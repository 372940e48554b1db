// Figures of a training over time, a chart for each stage that reported some.

import { h } from "./dom.js";
import { decimal, duration } from "./format.js";

const [width, height, left, bottom, top] = [560, 210, 56, 26, 12];

/** Charts of the points of a training's curve; none for stages with fewer than two figures. */
export function curves(points) {
  const stages = new Map();
  for (const point of points) {
    if (point.value === undefined) continue;
    stages.set(point.stage, [...(stages.get(point.stage) ?? []), point]);
  }
  return [...stages].filter(([, list]) => list.length > 1).map(([stage, list]) => chart(stage, list));
}

function chart(stage, points) {
  const values = points.map((point) => point.value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [points[0].seconds, points.at(-1).seconds];
  const x = (seconds) => left + ((seconds - first) / (last - first || 1)) * (width - left - 8);
  const y = (value) => height - bottom - ((value - least) / (most - least || 1)) * (height - bottom - top);
  const path = points.map((point, index) => `${index ? "L" : "M"}${x(point.seconds).toFixed(1)} ${y(point.value).toFixed(1)}`).join("");
  const digits = most - least < 1 ? 4 : 2;
  const words = `${stage}: from ${decimal(values[0], digits)} to ${decimal(values.at(-1), digits)} in ${duration(last - first)}`;
  const label = (text, at, up, anchor) => h("text", { x: at, y: up, "text-anchor": anchor }, text);
  return h("figure", { class: "stack" }, h("figcaption", { class: "hint" }, `${stage}, ${points.at(-1).note}`),
    h("svg", { class: "line-chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words },
      h("line", { class: "axis", x1: left, y1: height - bottom, x2: width - 8, y2: height - bottom }),
      h("line", { class: "axis", x1: left, y1: top, x2: left, y2: height - bottom }),
      label(decimal(most, digits), left - 6, top + 6, "end"), label(decimal(least, digits), left - 6, height - bottom, "end"),
      label(duration(first), left, height - 6, "start"), label(duration(last), width - 8, height - 6, "end"),
      h("path", { d: path })));
}
