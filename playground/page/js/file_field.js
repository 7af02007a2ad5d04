// Builds the field in which one chooses files of one's own for a form.

import { upload } from "./api.js";
import { bdi, el, fill, icon, uid } from "./dom.js";
import { store } from "./state.js";
import { toast } from "./toast.js";

const MOST = 10;

export function fileField(element, surface, block, tell) {
  const kinds = element.filetypes ?? [];
  const most = element.max_files ?? MOST;
  /** @type {{id: string, name: string}[]} */
  let chosen = (surface.saved?.(block, element)?.files ?? []).map(({ id, name }) => ({ id, name }));
  const input = el("input", { class: "input file-input", id: uid("field"), type: "file", multiple: most > 1, accept: kinds.map((kind) => `.${kind}`).join(",") || undefined });
  const list = el("ul", { class: "file-list" });
  const note = el("p", { class: "field-hint" }, [kinds.length && `Files of these kinds: ${kinds.join(", ")}.`, `At most ${most}.`].filter(Boolean).join(" "));
  const node = el("div", {}, input, list, note);
  const value = () => chosen.map(({ id }) => id);

  function show() {
    fill(list, chosen.map((file) => {
      const drop = el("button", { type: "button", class: "icon-button", "aria-label": `Take out ${file.name}` }, icon("close"));
      drop.addEventListener("click", () => {
        change(chosen.filter((one) => one !== file));
        input.focus();
      });
      return el("li", { class: "file" }, icon("file"), bdi(file.name), drop);
    }));
  }

  function change(files) {
    chosen = files;
    show();
    if (tell) tell(input, value());
    else node.dispatchEvent(new Event("change", { bubbles: true }));
  }

  input.addEventListener("change", async (event) => {
    event.stopPropagation(); // it is chosen once the playground has it
    input.setAttribute("aria-busy", "true");
    const added = [];
    try {
      for (const file of [...input.files].slice(0, most - chosen.length)) added.push((await upload(store.as, file)).file);
      if (input.files.length > added.length) toast(`Here go at most ${most} files.`);
    } catch (error) {
      toast(error.message);
    }
    input.removeAttribute("aria-busy");
    input.value = "";
    change([...chosen, ...added.map(({ id, name }) => ({ id, name }))]);
  });
  surface.field?.({
    block, element, node: input, value,
    raw: () => chosen,
    restore: (raw) => {
      chosen = raw;
      show();
    },
  });
  show();
  return node;
}
