// Figures of a training step by step, a chart for each stage that reported some.

import { h } from "./dom.js";
import { count, decimal } from "./format.js";

const [width, height, left, bottom, top] = [380, 190, 56, 26, 12];

/** Charts of the points of a training's curve; none for stages with fewer than two figures. */
export function curves(points) {
  const stages = new Map();
  for (const point of points) {
    const value = point.value ?? lastNumber(point.note);
    if (value === undefined) continue;
    stages.set(point.stage, [...(stages.get(point.stage) ?? []), { ...point, value }]);
  }
  return [...stages].filter(([, list]) => list.length > 1).map(([stage, list]) => chart(stage, list));
}

/** The figure in a note such as "explained 15.5 %". */
function lastNumber(note) {
  const found = note.match(/-?\d+(\.\d+)?(?=\D*$)/);
  return found ? Number(found[0]) : undefined;
}

function chart(stage, points) {
  const values = points.map((point) => point.value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const steps = points.map((point) => point.completed);
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  const x = (step) => left + ((step - first) / (last - first || 1)) * (width - left - 8);
  const y = (value) => height - bottom - ((value - least) / (most - least || 1)) * (height - bottom - top);
  // A stage that began again is a line of its own.
  const path = points
    .map((point, index) => {
      const isStart = index === 0 || point.completed <= points[index - 1].completed;
      return `${isStart ? "M" : "L"}${x(point.completed).toFixed(1)} ${y(point.value).toFixed(1)}`;
    })
    .join("");
  const digits = Math.min(4, Math.max(1, 2 - Math.floor(Math.log10(most - least || 1))));
  const words = `${stage}: from ${decimal(values[0], digits)} to ${decimal(values.at(-1), digits)} in ${count(points.length)} steps`;
  const label = (text, at, up, anchor) => h("text", { x: at, y: up, "text-anchor": anchor }, text);
  return h(
    "figure",
    { class: "stack" },
    h("figcaption", { class: "hint" }, stage, ": ", points.at(-1).note),
    h(
      "svg",
      { class: "line-chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words },
      h("line", { class: "axis", x1: left, y1: height - bottom, x2: width - 8, y2: height - bottom }),
      h("line", { class: "axis", x1: left, y1: top, x2: left, y2: height - bottom }),
      label(decimal(most, digits), left - 6, top + 6, "end"),
      label(decimal(least, digits), left - 6, height - bottom, "end"),
      label(`step ${count(first)}`, left, height - 6, "start"),
      label(count(last), width - 8, height - 6, "end"),
      h("path", { d: path }),
    ),
  );
}
