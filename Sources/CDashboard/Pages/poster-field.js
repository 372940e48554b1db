// The field for a poster.

import { announce, field, fill, h } from "./dom.js";
import { standIn } from "./parts.js";

/**
 * Where a poster is dropped, chosen or pasted; `file` is the one that is there. Of several fields, that takes what is pasted whose
 * `takesPaste` says so.
 */
export function posterField(signal, words, { label = "Poster", id = "poster", takesPaste = () => true } = {}) {
  const input = h("input", { type: "file", accept: "image/png,image/jpeg", id });
  const box = field(label, input, "Drop a PNG or JPEG here, choose one, or paste it.");
  const frame = h("div", { class: "poster" });
  const remove = h(
    "button",
    {
      type: "button",
      class: "small",
      hidden: true,
      onclick: () => {
        element.choose(undefined);
        input.focus();
      },
    },
    label === "Poster" ? "Remove the poster" : `Remove ${label.replace("Poster ", "")}`,
  );
  const element = h("div", { class: "drop" }, frame, box, remove);
  let address;

  element.input = input;
  element.fail = box.fail;
  element.redraw = () => {
    const { title, year } = words();
    fill(
      frame,
      address ? h("img", { src: address, alt: "The poster that was chosen" }) : standIn(title || "Your title", year),
    );
  };
  element.choose = (file) => {
    if (address) URL.revokeObjectURL(address);
    element.file = file;
    address = file && URL.createObjectURL(file);
    remove.hidden = !file;
    if (!file) input.value = "";
    box.fail(
      file && !["image/png", "image/jpeg"].includes(file.type)
        ? "This is neither a PNG nor a JPEG. Convert it first."
        : "",
    );
    element.redraw();
    element.onchange?.();
    if (file) announce(`${label} ${file.name || "from the clipboard"} chosen`);
  };

  input.addEventListener("change", () => element.choose(input.files[0]));
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("over");
  });
  element.addEventListener("dragleave", () => element.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("over");
    if (event.dataTransfer.files[0]) element.choose(event.dataTransfer.files[0]);
  });
  document.addEventListener(
    "paste",
    (event) => {
      const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith("image/"));
      if (file && takesPaste()) element.choose(file);
    },
    { signal },
  );
  signal.addEventListener("abort", () => {
    if (address) URL.revokeObjectURL(address);
  });
  element.redraw();
  return element;
}
