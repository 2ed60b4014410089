// Materials of the checklist that are asked for: ticked, with why and how, which can be changed.
import { allWithin, dataOf, make, within } from "/static/shell/elements.js";
import { field } from "/static/shell/fields.js";

/** @param {import("/types/api").ChecklistLine} line */
export function drawPick(line) {
  const tick = make("input", { type: "checkbox", checked: line.lacking, "data-pick": true });
  const why = `${line.because || "办这件事"}要用（${line.source}）`;
  const parts = [["why", "为什么要", why], ["how", "怎么补", line.how]].map(([part, label, value]) =>
    field({ name: part, label, input: make("input", { id: `${part}-of-${line.material}`, "data-part": part, maxlength: 200, autocomplete: "off", value }) }),
  );
  const details = make("div", { class: "stack pick-details", hidden: !line.lacking }, ...parts);
  tick.addEventListener("change", () => {
    details.hidden = !tick.checked;
  });
  return make("div", { class: "pick", "data-material": line.material, "data-name": line.name }, make("label", { class: "option" }, tick, make("span", {}, line.name, received(line) ? make("span", { class: "muted" }, "（收到了，要重新交就勾上）") : null)), details);
}

/** @param {import("/types/api").ChecklistLine} line */
function received(line) {
  return line.marks.some((one) => one.mark === "received");
}

/** @param {HTMLElement} scope */
export function pickedSets(scope) {
  return allWithin(scope, ".pick").filter((set) => within(set, "[data-pick]", HTMLInputElement).checked);
}

/** @param {HTMLElement} scope @returns {{name: string, why: string, how: string, material: string}[]} */
export function pickedLines(scope) {
  return pickedSets(scope).map((set) => {
    /** @param {string} part */
    const valueOf = (part) => within(set, `[data-part=${part}]`, HTMLInputElement).value.trim();
    return { name: dataOf(set, "name"), why: valueOf("why"), how: valueOf("how"), material: dataOf(set, "material") };
  });
}
