// A poster with what its parts say about a score laid over it.

import { fill, h } from "./dom.js";
import { side, signed } from "./drawings.js";
import { loadPoster } from "./parts.js";

// The tints of a part that speaks for the score and of one that speaks against it; the same in both colour schemes, as a poster is.
const tints = { for: [255, 120, 20], against: [40, 110, 255] };
const width = 360;

/** The poster of an item at `path`, with `heat` ({ cells, regions }) to be switched on and off. */
export function heatPoster(title, path, heat) {
  const image = h("img", { alt: `Poster of ${title}`, decoding: "async" });
  const canvas = h("canvas", { "aria-hidden": "true" });
  const frame = h("div", { class: "heat" }, image, canvas);
  const failed = () => fill(frame, h("p", { class: "soft" }, "The poster cannot be loaded."));
  loadPoster(image, path, failed);
  image.addEventListener("load", () => draw(canvas, image, heat));
  const button = h(
    "button",
    { type: "button", class: "small", "aria-pressed": "true", onclick: () => toggle(canvas.hidden) },
    "Heat map",
  );
  function toggle(isOn) {
    canvas.hidden = !isOn;
    button.setAttribute("aria-pressed", String(isOn));
  }
  return h(
    "figure",
    { class: "stack heat-box" },
    frame,
    h("div", {}, button),
    h(
      "figcaption",
      { class: "hint" },
      "What the score loses when a region is covered. Grey says nothing.",
      h(
        "ol",
        { class: "regions" },
        heat.regions.map((one, index) =>
          h(
            "li",
            {},
            h("b", { "aria-hidden": "true" }, String(index + 1)),
            h("span", {}, regionName(one)),
            h("span", { class: `num ${side(one.contribution)}-text` }, signed(one.contribution)),
          ),
        ),
      ),
    ),
  );
}

/** Where a region is, in words. */
function regionName({ left, top, width, height }) {
  const third = (place, names) => names[Math.max(0, Math.min(2, Math.floor(place * 3)))];
  const across = third(left + width / 2, ["left", "", "right"]);
  const down = third(top + height / 2, ["upper", "", "lower"]);
  if (!across && !down) return "centre";
  return down ? `${down} ${across || "middle"}` : across;
}

function draw(canvas, image, { cells, regions }) {
  canvas.width = width;
  canvas.height = Math.round((width * image.naturalHeight) / image.naturalWidth);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(tinted(cells), 0, 0, canvas.width, canvas.height);
  regions.forEach((one, index) => {
    const [x, y] = [one.left * canvas.width, one.top * canvas.height];
    const [right, bottom] = [one.width * canvas.width, one.height * canvas.height];
    for (const [colour, line] of [["rgb(0 0 0 / 0.7)", 5], ["#fff", 2]]) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.strokeRect(x + 2, y + 2, right - 4, bottom - 4);
    }
    context.fillStyle = "#fff";
    context.fillRect(x + 1, y + 1, 26, 26);
    context.fillStyle = "#111";
    context.font = "700 18px system-ui, sans-serif";
    context.textAlign = "center";
    context.fillText(String(index + 1), x + 14, y + 20);
  });
}

/** A pixel a cell: dark where nothing is said, tinted where much is. */
function tinted(cells) {
  const [rows, columns] = [cells.length, cells[0].length];
  const small = h("canvas", { width: columns, height: rows });
  const context = small.getContext("2d");
  const pixels = context.createImageData(columns, rows);
  const largest = Math.max(...cells.flat().map(Math.abs)) || 1;
  cells.flat().forEach((value, index) => {
    const strength = (Math.abs(value) / largest) ** 1.5;
    const tint = tints[side(value)].map((part) => part * strength);
    pixels.data.set([...tint, 255 * (0.62 - 0.17 * strength)], 4 * index);
  });
  context.putImageData(pixels, 0, 0);
  return small;
}
