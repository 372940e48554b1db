// The field for genres, with those of the catalogue to choose from.

import { field, h } from "./dom.js";

/** The field has `values()`, `offer(genres)`, which shows buttons for them, and `redraw()`. */
export function genresField() {
  const input = h("input", { name: "genres", autocomplete: "off" });
  const box = field("Genres", input, "With commas between them.");
  const offered = h("div", { class: "suggestions", role: "group", "aria-label": "Genres of the catalogue" });
  const element = h("div", { class: "stack" }, box, offered);

  const values = () =>
    input.value
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);

  function redraw() {
    const chosen = values();
    for (const button of offered.children)
      button.setAttribute("aria-pressed", String(chosen.includes(button.textContent)));
  }

  function toggle(genre) {
    const chosen = values();
    input.value = (chosen.includes(genre) ? chosen.filter((one) => one !== genre) : [...chosen, genre]).join(", ");
    redraw();
  }

  function offer(genres) {
    offered.replaceChildren(
      ...genres.map((genre) => h("button", { type: "button", onclick: () => toggle(genre) }, genre)),
    );
    redraw();
  }

  input.addEventListener("input", redraw);
  return Object.assign(element, { input, fail: box.fail, values, offer, redraw });
}
