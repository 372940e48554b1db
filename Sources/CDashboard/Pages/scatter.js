// A chart of points on a canvas: zoom, pan, hover. It draws; what a point means is the business of who made it.

import { get, query } from "./api.js";
import { h } from "./dom.js";
import { empty } from "./parts.js";

/**
 * Makes a chart of `points` ({ x, y in −1…1, title, provenance, isMarked }).
 *
 * `onOpen(point)` is told of clicks, `onMove()` of changes of what is in view. The result has `element`, `inView()`, `zoom(factor)`,
 * `pan(dx, dy)` in shares of the width, `reset()`, `mark(point)`, and `stop()`.
 */
export function scatter(points, { label, isMini = false, onOpen = () => {}, onMove = () => {} }) {
  const canvas = h("canvas", { role: "img", "aria-label": label, tabindex: isMini ? undefined : 0 });
  const tip = h("p", { class: "tip", "aria-hidden": "true" });
  const element = h("div", { class: `chart-box${isMini ? " mini" : ""}` }, canvas, tip);
  const home = { x: 0, y: 0, scale: 1 };
  const view = { ...home };
  let hovered;
  let isDrawn = false;

  // From the chart's coordinates to pixels: the shorter side shows −1.08…1.08 at scale 1.
  const unit = () => (Math.min(canvas.clientWidth, canvas.clientHeight) / 2.16) * view.scale;
  const toPixel = (point) => [canvas.clientWidth / 2 + (point.x - view.x) * unit(), canvas.clientHeight / 2 - (point.y - view.y) * unit()];

  function draw() {
    isDrawn = false;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!width) return;
    const density = devicePixelRatio || 1;
    canvas.width = width * density;
    canvas.height = height * density;
    const context = canvas.getContext("2d");
    context.scale(density, density);
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
    const size = Math.min(6, (points.length > 1500 ? 1.8 : 3) * Math.sqrt(view.scale));
    context.globalAlpha = 0.75;
    context.fillStyle = colour("--dot");
    for (const point of points) if (point.provenance === "learned") dot(context, point, size, width, height);
    // New items lie above, as diamonds, so that colour is not the only difference.
    context.globalAlpha = 0.9;
    context.fillStyle = colour("--warm");
    for (const point of points) if (point.provenance !== "learned") diamond(context, point, size + 1.5, width, height);
    context.globalAlpha = 1;
    for (const point of points) if (point.isMarked || point === hovered) ring(context, point, colour("--ink"), colour("--card"), width);
  }

  function dot(context, point, size, width, height) {
    const [x, y] = toPixel(point);
    if (x < -9 || y < -9 || x > width + 9 || y > height + 9) return;
    context.beginPath();
    context.arc(x, y, size, 0, 2 * Math.PI);
    context.fill();
  }

  function diamond(context, point, size, width, height) {
    const [x, y] = toPixel(point);
    if (x < -9 || y < -9 || x > width + 9 || y > height + 9) return;
    context.beginPath();
    context.moveTo(x, y - size);
    context.lineTo(x + size, y);
    context.lineTo(x, y + size);
    context.lineTo(x - size, y);
    context.fill();
  }

  function ring(context, point, ink, card, width) {
    const [x, y] = toPixel(point);
    context.lineWidth = 2;
    context.strokeStyle = ink;
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    context.stroke();
    context.font = "600 13px system-ui, sans-serif";
    const isRight = x > width * 0.65;
    context.textAlign = isRight ? "right" : "left";
    context.strokeStyle = card;
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeText(point.title, x + (isRight ? -14 : 14), y + 4);
    context.fillStyle = ink;
    context.fillText(point.title, x + (isRight ? -14 : 14), y + 4);
  }

  const redraw = () => {
    if (!isDrawn) requestAnimationFrame(draw);
    isDrawn = true;
  };
  const changed = () => { redraw(); onMove(); };

  /** The point under the pointer, at most 14 pixels away. */
  function nearest(event) {
    let best;
    let least = 14 ** 2;
    for (const point of points) {
      const [x, y] = toPixel(point);
      const distance = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
      if (distance < least || (distance === least && point.provenance !== "learned")) [best, least] = [point, distance];
    }
    return best;
  }

  /** Zooms, keeping what is at a pixel where it is. */
  function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
    const scale = Math.max(1, Math.min(60, view.scale * factor));
    const before = unit();
    view.scale = scale;
    const after = unit();
    view.x += (x - canvas.clientWidth / 2) * (1 / before - 1 / after);
    view.y -= (y - canvas.clientHeight / 2) * (1 / before - 1 / after);
    changed();
  }

  function pan(dx, dy) {
    view.x = Math.max(-1, Math.min(1, view.x + (dx * canvas.clientWidth) / unit()));
    view.y = Math.max(-1, Math.min(1, view.y + (dy * canvas.clientWidth) / unit()));
    changed();
  }

  function reset() { Object.assign(view, home); changed(); }

  function hover(point) {
    if (point === hovered) return;
    hovered = point;
    tip.textContent = point ? [point.title, point.year].filter(Boolean).join(", ") : "";
    canvas.classList.toggle("pointing", point !== undefined);
    redraw();
  }

  if (!isMini) followPointers(canvas, { zoom, pan, hover, nearest, onOpen });
  if (!isMini) {
    canvas.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: [-.1, 0], ArrowRight: [.1, 0], ArrowUp: [0, .1], ArrowDown: [0, -.1] };
      if (moves[event.key]) pan(...moves[event.key]);
      else if (event.key === "+" || event.key === "=") zoom(1.5);
      else if (event.key === "-") zoom(1 / 1.5);
      else if (event.key === "0") reset();
      else return;
      event.preventDefault();
    });
  }
  const resized = new ResizeObserver(redraw);
  resized.observe(canvas);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", redraw);

  return {
    element, zoom, pan, reset,
    inView: () => points.filter((point) => {
      const [x, y] = toPixel(point);
      return x >= 0 && y >= 0 && x <= canvas.clientWidth && y <= canvas.clientHeight;
    }),
    mark: hover,
    stop: () => { resized.disconnect(); scheme.removeEventListener("change", redraw); },
  };
}

/** Mouse, pen and fingers: one drags, two pinch, a wheel zooms, a click that did not drag opens. */
function followPointers(canvas, { zoom, pan, hover, nearest, onOpen }) {
  const down = new Map();
  let dragged = 0;
  const spread = () => {
    const [a, b] = [...down.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (down.size === 1) dragged = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const last = down.get(event.pointerId);
    if (!last) { hover(nearest(event)); return; }
    const before = down.size === 2 ? spread() : undefined;
    const [dx, dy] = [event.offsetX - last.x, event.offsetY - last.y];
    dragged += Math.abs(dx) + Math.abs(dy);
    down.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (before) {
      const points = [...down.values()];
      zoom(spread() / before, (points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2);
    } else {
      pan(-dx / canvas.clientWidth, dy / canvas.clientWidth);
    }
  });
  const up = (event) => {
    const wasOne = down.size === 1;
    if (!down.delete(event.pointerId) || event.type !== "pointerup" || !wasOne || dragged > 6) return;
    const point = nearest(event);
    if (point) onOpen(point);
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => hover(undefined));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * 0.0015), event.offsetX, event.offsetY);
  }, { passive: false });
}

/** The map with one item marked, and nothing to move. `place` is where it is, if the map may not know it yet. */
export async function smallMap(id, signal, item) {
  const { points } = await get(`/v1/map${query({ limit: 5000 })}`, signal);
  if (item && !points.some((point) => point.item_id === id)) points.push(item);
  const own = points.find((point) => point.item_id === id);
  if (!points.length) return empty("There is no map yet", "Train a model first.");
  if (!own) return h("p", { class: "soft" }, "The catalogue is larger than the map, and this item is not among those drawn.");
  own.isMarked = true;
  const chart = scatter(points, { label: `Map of ${points.length} items with ${own.title} marked`, isMini: true });
  signal?.addEventListener("abort", chart.stop);
  return h("div", { class: "stack" }, chart.element, legend());
}

/** What the marks mean. */
export const legend = () => h("p", { class: "legend" },
  h("span", {}, h("i", {}), "placed by ratings"), h("span", { class: "new" }, h("i", {}), "new"));

