// Makes elements. Text is only ever set as text, so nothing of the catalogue can become markup.

const svgNames = new Set(["svg", "g", "rect", "path", "circle", "line", "polygon", "text", "title"]);

/** An element: `h("a", { href: "#/map", class: "x", onclick: f }, "text", child, …)`. Empty children are left out. */
export function h(name, attributes = {}, ...children) {
  const isDrawing = svgNames.has(name);
  const element = isDrawing
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

/** Puts children in place of those that are there. */
export function fill(element, ...children) {
  element.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

/** Says something to those who hear the page. */
export function announce(text) {
  const announcer = document.getElementById("announcer");
  announcer.textContent = "";
  // A change within one frame would not be noticed.
  requestAnimationFrame(() => {
    announcer.textContent = text;
  });
}

let lastField = 0;

/** A labelled field: its element has `input`, and `fail(text)`, which says what is wrong with it or, empty, that nothing is. */
export function field(label, input, hint) {
  const id = input.id || `field-${++lastField}`;
  input.id = id;
  const wrong = h("p", { class: "wrong", id: `${id}-wrong` });
  const help = hint && h("p", { class: "hint", id: `${id}-hint` }, hint);
  const described = help ? `${id}-hint ${id}-wrong` : `${id}-wrong`;
  input.setAttribute("aria-describedby", described);
  const element = h("div", { class: "field" }, h("label", { for: id }, label), input, help, wrong);
  element.input = input;
  element.fail = (text) => {
    wrong.textContent = text;
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  return element;
}

/** A check box with its label. */
export function check(label, isOn, onchange) {
  const input = h("input", { type: "checkbox", onchange: (event) => onchange(event.target.checked) });
  input.checked = isOn;
  return h("label", { class: "check" }, input, label);
}

/** Whether somebody is at the filters of a view, which then must stay as they are. */
export const isFiltering = (main) => main.querySelector(".filters")?.contains(document.activeElement) ?? false;

/** Calls `work` when nobody has called for a moment. */
export function settled(work, milliseconds = 250) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), milliseconds);
  };
}
