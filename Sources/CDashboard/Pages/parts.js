// What several views are made of: posters, bars, tags, states, lists of items, pages.

import { blob, get, hasKey, segment } from "./api.js";
import { fill, h } from "./dom.js";
import { decimal, origins } from "./format.js";

export const itemLink = (id) => `#/items/${segment(id)}`;
export const userLink = (id) => `#/users/${segment(id)}`;

/** One of eight colours, always the same for a text. */
function tint(text) {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  return `tint${sum % 8}`;
}

/** The title set like a book's cover, for items without poster. */
export function standIn(title, year) {
  return h(
    "span",
    { class: `stand-in ${tint(title)}`, "aria-hidden": "true" },
    h("b", {}, title),
    h("span", {}, year ?? " "),
  );
}

/** An item's poster; `path` is left out where there is none. The title beside it says what it is, so it is decoration. */
export function poster(title, year, path) {
  const frame = h("div", { class: "poster" });
  if (!path) return fill(frame, standIn(title, year));
  const image = h("img", { alt: "", loading: "lazy", decoding: "async", width: 200, height: 300 });
  loadPoster(image, path, () => fill(frame, standIn(title, year)));
  return fill(frame, image);
}

/** Gives an image the poster at a path, or calls `failed`. */
export function loadPoster(image, path, failed) {
  image.addEventListener("error", failed, { once: true });
  if (!hasKey()) {
    image.src = path;
    return;
  }
  // An image cannot send the key, so the bytes are fetched.
  blob(path).then((bytes) => {
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    image.src = URL.createObjectURL(bytes);
  }, failed);
}

const posters = new Map();

/** The poster of an item of which only id and title are known. */
export function posterOf(item) {
  const frame = h("div", { class: "poster" });
  if (!posters.has(item.item_id))
    posters.set(
      item.item_id,
      get(`/v1/items/${segment(item.item_id)}`).then((found) => found.poster),
    );
  posters.get(item.item_id).then(
    (path) => frame.replaceWith(poster(item.title, item.year, path)),
    () => {
      posters.delete(item.item_id);
      fill(frame, standIn(item.title, item.year));
    },
  );
  return frame;
}

/** A share as a bar; the figure stands beside it, so it is decoration. */
export function bar(share) {
  const width = Math.max(0, Math.min(1, share || 0)) * 100;
  return h(
    "svg",
    { class: "bar", "aria-hidden": "true", preserveAspectRatio: "none" },
    h("rect", { class: "rest", width: "100%", height: "100%" }),
    h("rect", { class: "part", width: `${width.toFixed(2)}%`, height: "100%" }),
  );
}

/** Where an item's place comes from. */
export function originTag(provenance) {
  const origin = origins[provenance];
  return origin
    ? h("span", { class: `tag ${origin.style}`, title: origin.text }, origin.label)
    : h("span", { class: "tag bad" }, "Not placed yet");
}

/** The heading of a view. */
export function head(title, text, ...actions) {
  return h(
    "div",
    { class: "head" },
    h("h1", {}, title),
    actions.length ? h("div", { class: "row" }, actions) : null,
    text && h("p", {}, text),
  );
}

/** The fields above a list, which is asked for anew when one changes. */
export const searchForm = (change, ...fields) =>
  h(
    "form",
    {
      class: "filters",
      role: "search",
      onsubmit: (event) => {
        event.preventDefault();
        change();
      },
    },
    fields,
  );

/** Nothing there, and what to do about it. */
export const empty = (title, text, ...more) => h("div", { class: "state" }, h("h2", {}, title), h("p", {}, text), more);

/** What went wrong, and what to do about it. */
export function failure(error, again) {
  const isOurs = error.fix !== undefined;
  return h(
    "div",
    { class: "state bad", role: "alert" },
    h("h2", {}, isOurs ? sentence(error.message) : "This page has an error"),
    h("p", {}, isOurs ? sentence(error.fix) : String(error)),
    error.requestId && h("p", { class: "hint" }, `Request ${error.requestId}`),
    again && h("button", { type: "button", onclick: again }, "Try again"),
  );
}

/** With a capital letter and a full stop. */
export function sentence(text) {
  if (!text) return "";
  const start = text[0].toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** Shapes that stand where something is going to be. */
export const ghosts = (number, style = "") =>
  Array.from({ length: number }, () => h("div", { class: `ghost ${style}`, "aria-hidden": "true" }));

/** Neighbours of an item, with posters. */
export function strip(neighbours) {
  if (!neighbours.length) return h("p", { class: "soft" }, "There is nothing like it yet.");
  return h(
    "ul",
    { class: "strip" },
    neighbours.map((one) =>
      h(
        "li",
        {},
        h(
          "a",
          { href: itemLink(one.item_id) },
          posterOf(one),
          h("span", {}, one.title),
          h("small", {}, [one.year, `${decimal(one.similarity, 2)} alike`].filter(Boolean).join(" · ")),
        ),
      ),
    ),
  );
}

/** Users who may want an item. */
export function audienceList(audience) {
  if (!audience.length) return h("p", { class: "soft" }, "There are no users yet.");
  const best = Math.max(...audience.map((member) => Math.abs(member.score)), 1e-9);
  return h(
    "ol",
    { class: "audience" },
    audience.map((member) =>
      h(
        "li",
        {},
        h("a", { href: userLink(member.user_id) }, member.user_id),
        bar(member.score / best),
        h("span", { class: "num" }, h("span", { class: "unseen" }, "score "), decimal(member.score, 2)),
      ),
    ),
  );
}

/**
 * Links to the page before and the next. The address holds the cursors of all pages that lead here, as the service knows
 * only the way forwards.
 */
export function pager(route, next) {
  const trail = route.query.get("pages")?.split(",").filter(Boolean) ?? [];
  return h(
    "nav",
    { class: "pager", "aria-label": "Pages" },
    trail.length > 0 &&
      h("a", { class: "button", href: route.with({ pages: trail.slice(0, -1).join(",") }) }, "← Previous"),
    next && h("a", { class: "button", href: route.with({ pages: [...trail, next].join(",") }) }, "Next →"),
  );
}

/** The cursor of the page that the address names. */
export const cursor = (route) => route.query.get("pages")?.split(",").pop() || undefined;
