// Trainings: begin one, watch it, stop it, and see what became of those before.

import { events, get, post } from "./api.js";
import { confirm } from "./dialogs.js";
import { announce, field, fill, h } from "./dom.js";
import { count, duration, moment } from "./format.js";
import { curves } from "./curves.js";
import { empty, failure, ghosts, head, sentence } from "./parts.js";

const states = {
  running: ["Running", "cold"], cancelling: ["Stopping", "warm"], succeeded: ["Succeeded", "good"],
  kept_inactive: ["Made, not activated", "warm"], failed: ["Failed", "bad"], cancelled: ["Cancelled", ""], interrupted: ["Interrupted", "bad"],
};

const isOver = (training) => training.state !== "running" && training.state !== "cancelling";

export async function trainingView({ main, signal, refreshStatus }) {
  const live = h("section", { "aria-label": "The training that runs" });
  const past = h("section", { class: "stack", "aria-label": "Trainings before" });
  const message = h("div", {});
  fill(main, head("Training", "The service goes on answering while it trains, and changes to the new version when that is ready."),
    h("div", { class: "stack" }, starter(begin), message, live, past));
  fill(past, ghosts(1, "poster"));
  await list();

  async function list() {
    const { trainings } = await get("/v1/trainings", signal);
    const running = trainings.find((one) => !isOver(one));
    const over = trainings.filter(isOver);
    fill(past, h("h2", {}, "Before"), over.length ? over.map((one, index) => card(one, index === 0)) : empty("None yet", "Trainings that were asked for here are listed here."));
    if (running) watch(running);
  }

  async function begin(order) {
    fill(message);
    try {
      const training = await post("/v1/trainings", order);
      announce("The training has begun.");
      refreshStatus();
      watch(training);
    } catch (error) {
      fill(message, failure(error));
    }
  }

  /** Shows a training as it goes on, until it ends. */
  async function watch(training) {
    // The parts stay and only what is in them changes, so that the focus stays on the button to stop it.
    const view = progressCard(training, stop);
    fill(live, view.element);
    try {
      for await (const { event, data } of events(`/v1/trainings/${training.id}/events`, signal)) {
        view.update(data);
        if (event !== "ended") continue;
        fill(live);
        await list();
        refreshStatus();
        announce(`The training has ended: ${states[data.state][0]}.`);
        return;
      }
      await list();
    } catch (error) {
      if (!signal.aborted) fill(live, failure(error, () => watch(training)));
    }
  }

  async function stop(training) {
    if (!await confirm("Stop the training?", "What it has learned so far is lost. The active version goes on answering.", "Stop it")) return;
    try {
      await post(`/v1/trainings/${training.id}`, undefined, "DELETE");
    } catch (error) {
      fill(message, failure(error));
    }
  }
}

/** What can be begun. */
function starter(begin) {
  const model = field("Model", h("input", { autocomplete: "off", placeholder: "chosen by itself" }));
  const dimensions = field("Dimensions", h("input", { type: "number", min: 1, max: 1024, placeholder: "default" }));
  const epochs = field("Epochs", h("input", { type: "number", min: 1, max: 10000, placeholder: "default" }));
  const number = (box) => (box.input.value ? Number(box.input.value) : undefined);
  const begun = async (event, order) => {
    event.target.disabled = true;
    await begin(order);
    event.target.disabled = false;
  };
  return h("div", { class: "two" },
    h("section", { class: "card" }, h("h2", {}, "Retrain"),
      h("p", { class: "soft" }, "Fits anew how content leads to a place. Quick; answers only if it ranks held-out items no worse."),
      h("div", {}, h("button", { type: "button", class: "main", id: "retrain", onclick: (event) => begun(event, { kind: "retrain" }) }, "Retrain"))),
    h("section", { class: "card" }, h("h2", {}, "Train from the ratings"),
      h("p", { class: "soft" }, "Learns everything anew: items that have gathered ratings become settled."),
      h("details", {}, h("summary", {}, "Settings"), h("div", { class: "filters" }, model, dimensions, epochs)),
      h("div", {}, h("button", {
        type: "button", id: "train",
        onclick: (event) => begun(event, { kind: "train", model: model.input.value.trim() || undefined, dimensions: number(dimensions), epochs: number(epochs) }),
      }, "Train"))));
}

function progressCard(training, stop) {
  const stage = h("h2", {}, "");
  const note = h("p", { class: "soft" }, " ");
  const progress = h("progress", { "aria-label": "Progress of this stage" });
  const figures = h("div", { class: "figures" });
  const button = h("button", { type: "button", class: "danger", onclick: () => stop(training) }, "Stop");
  let points = -1;
  function update(now) {
    stage.textContent = now.stage || "Waiting";
    note.textContent = [now.total ? `${count(now.completed)} of ${count(now.total)}` : "", now.note].filter(Boolean).join(" · ") || " ";
    if (now.total) { progress.max = now.total; progress.value = now.completed; } else progress.removeAttribute("value");
    button.disabled = now.state === "cancelling";
    button.textContent = now.state === "cancelling" ? "Stopping …" : "Stop";
    if (now.curve.length !== points) fill(figures, curves(now.curve));
    points = now.curve.length;
  }
  update(training);
  return { element: h("div", { class: "card" }, h("div", { class: "head" }, stage, button), progress, note, figures), update };
}

function card(training, isOpen) {
  const [label, style] = states[training.state] ?? [training.state, ""];
  const time = training.ended_at && duration(training.ended_at - training.created_at);
  const charts = curves(training.curve);
  return h("article", { class: "card", "aria-label": `Training ${training.id}` },
    h("div", { class: "row" }, h("h3", {}, training.kind === "train" ? "Training" : "Retraining", training.version && [" made ", h("a", { href: "#/models" }, training.version)]),
      h("span", { class: `tag ${style}` }, label), h("span", { class: "soft" }, [moment(training.created_at), time].filter(Boolean).join(" · "))),
    training.message && h("p", {}, sentence(training.message)),
    charts.length > 0 && h("details", { open: isOpen }, h("summary", {}, "Figures"), h("div", { class: "figures" }, charts)));
}
