// Starts the page: reads the address, shows the view that belongs to it, keeps the state of the service at the side.

import { forgetKey, getQuietly, hasKey, whenKeyIsNeeded } from "./api.js";
import { keyDialog } from "./dialogs.js";
import { announce, fill, h, isFiltering } from "./dom.js";
import { count } from "./format.js";
import { failure } from "./parts.js";
import { addView } from "./add.js";
import { arrivalsView } from "./arrivals.js";
import { catalogueView } from "./catalogue.js";
import { compareView } from "./compare.js";
import { itemView } from "./item.js";
import { mapView } from "./map.js";
import { modelsView } from "./models.js";
import { trainingView } from "./training.js";
import { userView } from "./user.js";
import { usersView } from "./users.js";

// A view fills `main` and may ask `signal` whether it is still wanted.
const views = [
  { pattern: /^\/items$/, section: "/items", title: "Catalogue", show: catalogueView },
  { pattern: /^\/items\/([^/]+)$/, section: "/items", title: "Item", show: itemView },
  { pattern: /^\/add$/, section: "/add", title: "Add an item", show: addView },
  { pattern: /^\/compare$/, section: "/compare", title: "Compare posters", show: compareView },
  { pattern: /^\/new$/, section: "/new", title: "New items", show: arrivalsView },
  { pattern: /^\/users$/, section: "/users", title: "Users", show: usersView },
  { pattern: /^\/users\/([^/]+)$/, section: "/users", title: "User", show: userView },
  { pattern: /^\/map$/, section: "/map", title: "Map", show: mapView },
  { pattern: /^\/models$/, section: "/models", title: "Models", show: modelsView },
  { pattern: /^\/training$/, section: "/training", title: "Training", show: trainingView },
];

const main = document.getElementById("content");
const menu = document.getElementById("menu");
const nav = document.getElementById("nav");
let leaving = new AbortController();
let shownPath;
let shownPages;

/** What the address after # says: a path, an id in it, and a query. */
function readRoute() {
  const [path, text] = (location.hash.slice(1) || "/items").split("?");
  const route = { path, query: new URLSearchParams(text ?? "") };
  /** The address of this view with some values of the query changed. */
  route.with = (changes) => {
    const values = new URLSearchParams(route.query);
    for (const [name, value] of Object.entries(changes)) value ? values.set(name, value) : values.delete(name);
    const query = values.toString();
    return `#${path}${query ? `?${query}` : ""}`;
  };
  /** Goes there, in place of this address: nobody wants to go back letter by letter. */
  route.go = (changes) => {
    history.replaceState(null, "", route.with(changes));
    show();
  };
  return route;
}

async function show() {
  const route = readRoute();
  const view = views.find((one) => one.pattern.test(route.path));
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const isNewPage = shownPath !== route.path;
  const pages = route.query.get("pages");
  shownPath = route.path;
  nav.classList.remove("open");
  menu.setAttribute("aria-expanded", "false");
  for (const link of nav.querySelectorAll("a")) {
    if (view && link.hash === `#${view.section}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (isNewPage) setTitle(view?.title ?? "Not found");
  if (isNewPage || (shownPages !== pages && !isFiltering(main))) {
    scrollTo(0, 0);
    // Whoever moves by keyboard or ear goes on at the top of the new view.
    if (document.activeElement !== document.body) main.focus({ preventScroll: true });
  }
  shownPages = pages;
  if (!view) {
    fill(main, h("h1", {}, "There is no such page"), h("p", {}, h("a", { href: "#/items" }, "To the catalogue")));
    return;
  }
  try {
    const [, id] = route.path.match(view.pattern);
    await view.show({ main, route, signal, id: id && decodeURIComponent(id), setTitle, isNewPage, refreshStatus });
  } catch (error) {
    if (error.name === "AbortError" || signal.aborted) return;
    fill(main, h("h1", {}, view.title), failure(error, show));
  }
  if (!signal.aborted) refreshStatus();
}

function setTitle(title) {
  document.title = `${title} · coldstart`;
}

const statusBox = document.getElementById("status");
let wasTraining;

/** Asks how the service stands. */
async function refreshStatus() {
  try {
    const status = await getQuietly("/v1/status");
    const isTraining = status.training !== undefined;
    if (wasTraining && !isTraining) announce("The training has ended.");
    wasTraining = isTraining;
    const line = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
    fill(
      statusBox,
      line("Model", status.model_version ?? "none yet"),
      line("Items", count(status.items)),
      line("New items", count(status.cold_items + status.blended_items)),
      line("Users", count(status.users)),
      line("Ratings", count(status.ratings)),
      line("Since training", count(status.new_ratings_since_training)),
      isTraining && line("Training", h("a", { href: "#/training" }, status.training.stage || "running")),
      hasKey() &&
        line(
          "API key",
          h(
            "button",
            {
              type: "button",
              class: "small",
              onclick: () => {
                forgetKey();
                location.reload();
              },
            },
            "Forget",
          ),
        ),
    );
  } catch (error) {
    fill(
      statusBox,
      h("div", {}, h("dt", {}, "Service"), h("dd", {}, error.status === 401 ? "wants a key" : "no answer")),
    );
  }
}

whenKeyIsNeeded(keyDialog);
menu.addEventListener("click", () => {
  menu.setAttribute("aria-expanded", String(nav.classList.toggle("open")));
});
// The skip link must not become an address of its own.
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", show);
setInterval(() => {
  if (!document.hidden) refreshStatus();
}, 15_000);
show();
