// What the service made of an item that was just added.

import { announce, fill, h } from "./dom.js";
import { decimal } from "./format.js";
import { audienceList, itemLink, originTag, sentence, strip } from "./parts.js";
import { smallMap } from "./scatter.js";

/** Shows the answer to an addition in `element`, and brings it into view; `again()` begins another one. */
export function showAdded(element, answer, milliseconds, signal, again) {
  const { item, neighbours, audience, place } = answer;
  const heading = h("h2", { tabindex: -1 }, `“${item.title}” is in the catalogue`);
  const card = (name, content) => h("section", { class: "card" }, h("h3", {}, name), content);
  fill(
    element,
    h(
      "div",
      { class: "card" },
      h(
        "div",
        { class: "head" },
        heading,
        originTag(item.provenance),
        h("p", {}, `Placed in ${decimal(milliseconds, 0)} ms, and recommendable from now on.`),
      ),
      h(
        "div",
        { class: "row" },
        h("a", { class: "button main", href: itemLink(item.id) }, "Open its page"),
        h("button", { type: "button", onclick: again }, "Add another one"),
      ),
    ),
    card("What is like it", strip(neighbours)),
    h(
      "div",
      { class: "two" },
      card("Who may want it", audienceList(audience)),
      card("Its place on the map", placed(item, place, signal)),
    ),
  );
  heading.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
  const alike = neighbours.slice(0, 3).map((one) => one.title);
  announce(`${item.title} was added.${alike.length ? ` Most alike: ${alike.join(", ")}.` : ""}`);
}

/** The map with the item on it, as soon as it is there. */
function placed(item, place, signal) {
  const box = h("div", {}, h("div", { class: "ghost line", "aria-hidden": "true" }));
  if (!place) return fill(box, h("p", { class: "soft" }, "There is no map yet."));
  const point = { ...place, item_id: item.id, title: item.title, provenance: item.provenance };
  smallMap(item.id, signal, point).then(
    (chart) => fill(box, chart),
    (error) => fill(box, h("p", { class: "soft" }, sentence(error.message))),
  );
  return box;
}
