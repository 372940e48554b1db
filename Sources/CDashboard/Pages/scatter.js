// A chart of points on a canvas: zoom, pan, hover. It draws; what a point means is the business of who made it.

import { get, query } from "./api.js";
import { h } from "./dom.js";
import { empty } from "./parts.js";
import { thumbnails } from "./thumbnails.js";

// Posters are drawn where at most so many points are in view.
const mostPictured = 120;

/**
 * Makes a chart of `points` ({ x, y in −1…1, title, provenance, poster, colour, isMarked }). Where few points are in view they are
 * drawn as their posters.
 *
 * `onOpen(point)` is told of clicks, `onMove()` of changes of what is in view. The result has `element`, `inView()`, `zoom(factor)`,
 * `pan(dx, dy)` in shares of the width, `reset()`, `mark(point)`, and `stop()`.
 */
export function scatter(points, { label, isMini = false, onOpen = () => {}, onMove = () => {} }) {
  const canvas = h("canvas", { role: "img", "aria-label": label, tabindex: isMini ? undefined : 0 });
  const tip = h("p", { class: "tip", "aria-hidden": "true" });
  const element = h("div", { class: `chart-box${isMini ? " mini" : ""}` }, canvas, tip);
  const home = fit(points);
  const view = { ...home };
  const posters = thumbnails(() => redraw());
  let hovered;
  let isDrawn = false;
  let pictured = new Set();

  // From the chart's coordinates to pixels: at scale 1 all points are in view, with a margin.
  const unit = () => Math.min(canvas.clientWidth / home.width, canvas.clientHeight / home.height) * view.scale;
  const toPixel = (point) => [
    canvas.clientWidth / 2 + (point.x - view.x) * unit(),
    canvas.clientHeight / 2 - (point.y - view.y) * unit(),
  ];

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
    const isIn = (x, y) => x > -9 && y > -9 && x < width + 9 && y < height + 9;
    const seen = points
      .map((point) => ({ point, isNew: point.provenance !== "learned", place: toPixel(point) }))
      .filter(({ place }) => isIn(...place));
    context.globalAlpha = 0.8;
    for (const { point, isNew, place } of seen) {
      if (isNew) continue;
      context.fillStyle = point.colour ?? colour("--dot");
      context.beginPath();
      context.arc(...place, size, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
    pictured = isMini || seen.length > mostPictured ? new Set() : drawPosters(context, seen, colour);
    element.dataset.posters = pictured.size;
    // New items lie above, as diamonds, so that colour is not the only difference.
    context.fillStyle = colour("--warm");
    context.strokeStyle = colour("--card");
    context.lineWidth = 1.5;
    for (const { point, isNew, place } of seen)
      if (isNew && !pictured.has(point)) diamond(context, ...place, size + 3.5);
    for (const { point, place } of seen)
      if (point.isMarked || point === hovered) ring(context, point, place, colour("--ink"), colour("--card"), width);
  }

  /** Draws the posters that are there, none over another; new items first. Gives the points that have one. */
  function drawPosters(context, seen, colour) {
    const wide = Math.max(30, Math.min(64, 900 / Math.sqrt(seen.length + 60)));
    const high = 1.5 * wide;
    const taken = [];
    const drawn = new Set();
    const order = [...seen].sort((a, b) => (b.point === hovered) - (a.point === hovered) || b.isNew - a.isNew);
    for (const { point, isNew, place: [x, y] } of order) {
      if (taken.some((one) => Math.abs(one[0] - x) < wide + 3 && Math.abs(one[1] - y) < high + 3)) continue;
      const image = posters.picture(point);
      if (!image) continue;
      taken.push([x, y]);
      drawn.add(point);
      context.fillStyle = isNew ? colour("--warm") : point.colour ?? colour("--dot");
      const edge = isNew ? 4 : 2;
      context.fillRect(x - wide / 2 - edge, y - high / 2 - edge, wide + 2 * edge, high + 2 * edge);
      // The middle of a picture that is not two to three.
      const share = Math.min(image.naturalWidth / 2, image.naturalHeight / 3);
      const [ownWidth, ownHeight] = [2 * share, 3 * share];
      const [left, top] = [(image.naturalWidth - ownWidth) / 2, (image.naturalHeight - ownHeight) / 2];
      context.drawImage(image, left, top, ownWidth, ownHeight, x - wide / 2, y - high / 2, wide, high);
    }
    return drawn;
  }

  function diamond(context, x, y, size) {
    context.beginPath();
    context.moveTo(x, y - size);
    context.lineTo(x + size, y);
    context.lineTo(x, y + size);
    context.lineTo(x - size, y);
    context.closePath();
    context.fill();
    context.stroke();
  }

  function ring(context, point, [x, y], ink, card, width) {
    context.lineWidth = 2;
    context.strokeStyle = ink;
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    context.stroke();
    context.font = "600 13px system-ui, sans-serif";
    // Beside the ring, and inside the chart.
    const length = context.measureText(point.title).width;
    const start = x + 14 + length < width ? x + 14 : Math.max(4, x - 14 - length);
    context.strokeStyle = card;
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeText(point.title, start, y + 4);
    context.fillStyle = ink;
    context.fillText(point.title, start, y + 4);
  }

  const redraw = () => {
    if (!isDrawn) requestAnimationFrame(draw);
    isDrawn = true;
  };
  const changed = () => {
    redraw();
    onMove();
  };

  /** The point under the pointer, at most 14 pixels away, or that whose poster is. */
  function nearest(event) {
    let best;
    let least = (pictured.size ? 32 : 14) ** 2;
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

  function reset() {
    Object.assign(view, home);
    changed();
  }

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
      const moves = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
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
    element,
    zoom,
    pan,
    reset,
    inView: () =>
      points.filter((point) => {
        const [x, y] = toPixel(point);
        return x >= 0 && y >= 0 && x <= canvas.clientWidth && y <= canvas.clientHeight;
      }),
    mark: hover,
    stop: () => {
      resized.disconnect();
      scheme.removeEventListener("change", redraw);
    },
  };
}

/** The rectangle that holds all points, with a margin. */
function fit(points) {
  const range = (values) =>
    values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  const [left, right] = range(points.map((point) => point.x));
  const [bottom, top] = range(points.map((point) => point.y));
  return {
    x: (left + right) / 2,
    y: (bottom + top) / 2,
    scale: 1,
    width: Math.max(0.1, (right - left) * 1.12),
    height: Math.max(0.1, (top - bottom) * 1.12),
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
    if (!last) {
      hover(nearest(event));
      return;
    }
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
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * 0.0015), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
}

/** The map with one item marked, and nothing to move. `place` is where it is, if the map may not know it yet. */
export async function smallMap(id, signal, item) {
  const { points, layout } = await get(`/v1/map${query({ limit: 5000, layout: "neighbours", include: id })}`, signal);
  // The place that an addition tells of is one by directions.
  if (item && layout === "pca" && !points.some((point) => point.item_id === id)) points.push(item);
  const own = points.find((point) => point.item_id === id);
  if (!points.length) return empty("There is no map yet", "Train a model first.");
  if (!own) return h("p", { class: "soft" }, "The model has no place for it.");
  own.isMarked = true;
  const chart = scatter(points, { label: `Map of ${points.length} items with ${own.title} marked`, isMini: true });
  signal?.addEventListener("abort", chart.stop);
  return h("div", { class: "stack" }, chart.element, legend());
}

/** What the marks mean; `genres` are { name, colour }. */
export const legend = (genres = []) =>
  h(
    "p",
    { class: "legend" },
    h("span", { class: "new" }, h("i", {}), "new"),
    genres.length === 0 && h("span", {}, h("i", {}), "placed by ratings"),
    genres.map(({ name, colour }) => h("span", {}, swatch(colour), name)),
  );

const swatch = (colour) =>
  h(
    "svg",
    { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" },
    h("circle", { cx: 5, cy: 5, r: 5, fill: colour }),
  );
