// Fields for what a catalogue has beside title, year, genres and description.

import { field, h } from "./dom.js";

/** Further columns, such as a director or a grape: a name and its values. */
export function columnsField() {
  const rows = h("div", { class: "stack" });
  const wrong = h("p", { class: "wrong" });
  const element = h(
    "fieldset",
    { class: "columns" },
    h("legend", { class: "label" }, "Further columns"),
    rows,
    wrong,
    h(
      "button",
      { type: "button", class: "small", onclick: () => row("").querySelector("input").focus() },
      "Add a column",
    ),
  );

  function row(name) {
    const nameBox = field("Column", h("input", { value: name, autocomplete: "off" }));
    const valueBox = field(
      name ? `Values of ${name}` : "Values",
      h("input", { autocomplete: "off", placeholder: "several with | between them" }),
    );
    const line = h(
      "div",
      { class: "column" },
      nameBox,
      valueBox,
      h(
        "button",
        { type: "button", class: "small", onclick: () => line.remove() },
        "Remove",
        h("span", { class: "unseen" }, " this column"),
      ),
    );
    line.entry = () =>
      valueBox.input.value
        .split("|")
        .map((value) => [nameBox.input.value.trim(), value.trim()])
        .filter((pair) => pair[0] && pair[1]);
    line.values = (values) => {
      valueBox.input.value = values.join(" | ");
    };
    rows.append(line);
    return line;
  }

  element.values = () => [...rows.children].flatMap((line) => line.entry());
  element.offer = (names) => {
    const known = [...rows.children].map((line) => line.querySelector("input").value);
    names.filter((name) => !known.includes(name)).forEach((name) => row(name));
  };
  /** Columns and their values, in place of those that are there. */
  element.set = (columns) => {
    rows.replaceChildren();
    for (const [name, values] of Object.entries(columns)) row(name).values(values);
  };
  element.fail = (text) => {
    wrong.textContent = text;
  };
  return element;
}
