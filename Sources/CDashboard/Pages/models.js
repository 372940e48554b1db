// Versions of the model: from what they were made, how good they are at items they never saw, which one answers.

import { get, post, segment } from "./api.js";
import { confirm } from "./dialogs.js";
import { announce, fill, h } from "./dom.js";
import { count, counted, decimal, duration, moment, percent } from "./format.js";
import { bar, empty, failure, ghosts, head, sentence } from "./parts.js";

export async function modelsView(context) {
  const { main, signal } = context;
  const title = head("Models", "Every training makes a version. One of them answers; the others stay, to go back to.",
    h("a", { class: "button main", href: "#/training" }, "Train"));
  fill(main, title, ghosts(2, "poster"));
  const { models, active } = await get("/v1/models", signal);
  if (!models.length) {
    fill(main, title, empty("No model yet", "Train one: it learns from the ratings, and places new items by their content.", h("a", { class: "button main", href: "#/training" }, "To training")));
    return;
  }
  const current = models.find((card) => card.is_active);
  fill(main, title, h("div", { class: "stack" }, models.map((card) => version(card, current, context))));
  announce(`${counted(models.length, "version")}, ${active} is active`);
}

function version(card, current, context) {
  const line = (name, value) => value !== undefined && h("div", {}, h("dt", {}, name), h("dd", {}, value));
  const { data, left_out: held, seconds } = card;
  const time = seconds && Object.values(seconds).reduce((sum, one) => sum + (typeof one === "number" ? one : 0), 0);
  const isOlder = current && card.created_at < current.created_at;
  return h("article", { class: "card", "aria-label": `Version ${card.version}` },
    h("div", { class: "head" }, h("h2", {}, card.version, " ", card.is_active && h("span", { class: "tag good" }, "Active")),
      !card.is_active && h("button", { type: "button", onclick: () => activate(card, isOlder, context) }, isOlder ? `Roll back to ${card.version}` : `Activate ${card.version}`),
      h("p", {}, `${card.model}, ${card.dimensions} dimensions, by ${card.origin}, ${moment(card.created_at)}`)),
    h("dl", { class: "facts" },
      line("Ratings", count(data.ratings)), line("Users", count(data.users)), line("Rated items", `${count(data.rated_items)} of ${count(data.items)}`),
      line("Posters", count(data.posters)), line("Descriptions", count(data.descriptions)), line("Time", time && duration(time))),
    held ? heldOut(held) : h("p", { class: "soft" }, "No items were held out to measure it on."),
    card.content?.modalities && worth(card.content));
}

function heldOut(held) {
  const error = held.ndcg20_standard_error;
  return h("section", { class: "stack" }, h("h3", {}, "On items it never saw"),
    h("dl", { class: "facts" },
      h("div", {}, h("dt", {}, "NDCG@20"), h("dd", {}, decimal(held.ndcg20), error !== undefined && h("span", { class: "soft" }, ` ± ${decimal(error)}`))),
      held.recall20 !== undefined && h("div", {}, h("dt", {}, "Recall@20"), h("dd", {}, decimal(held.recall20))),
      held.users !== undefined && h("div", {}, h("dt", {}, "Users"), h("dd", {}, count(held.users)))));
}

/** What each kind of content says about where an item belongs. */
function worth(content) {
  const most = Math.max(...content.modalities.map((one) => one.alone), 1e-9);
  const total = content.explained === undefined ? "" : ` All together explain ${percent(content.explained)} of where an item stands.`;
  return h("section", { class: "stack" }, h("h3", {}, "What its content is worth"),
    h("p", { class: "hint" }, `How much each kind explains alone, and how much is lost without it.${total}`),
    h("ul", { class: "worth" },
      h("li", { class: "titles", "aria-hidden": "true" }, h("span", {}, "Content"), h("span", {}), h("span", { class: "num" }, "alone"), h("span", { class: "num" }, "without")),
      content.modalities.map((one) => h("li", {}, h("span", {}, one.name), bar(one.alone / most),
        h("span", { class: "num" }, h("span", { class: "unseen" }, "alone "), percent(one.alone)),
        h("span", { class: "num soft" }, h("span", { class: "unseen" }, "lost without "), percent(one.lost_without))))));
}

async function activate(card, isOlder, context) {
  const sure = await confirm(`${isOlder ? "Roll back to" : "Activate"} ${card.version}?`,
    "From then on it answers all requests. New items are placed by it anew; nothing is lost, and you can go back.", isOlder ? "Roll back" : "Activate");
  if (!sure) return;
  try {
    const { active, placed } = await post(`/v1/models/${segment(card.version)}/activate`);
    await modelsView(context);
    announce(`${active} is active; ${counted(placed, "item")} placed anew`);
    context.refreshStatus();
  } catch (error) {
    context.main.prepend(failure(error));
    announce(sentence(error.message));
  }
}
