// Doing one step: asks exactly what the step needs; what was typed stays when it is refused.
import { call, make, randomId } from "./api.js";

const byId = (id) => document.getElementById(id);
const HINTS = {
  accept: "受理后您就是负责人，时限从这时起算（按收到之日起算的除外）。",
  request_supplement: "请一次写全：缺什么、为什么要、怎么补。同一件不要分几次要。",
  receive_supplement: "材料补齐了，时限接着算。",
  approve: "写明办理结果，申请人会看到。",
  reject: "写明理由，申请人会看到。",
  refuse: "写明理由和依据，申请人会看到。",
  deliver: "结果已交到申请人手里。",
};
let current = null;

/** @param {object} found a Case @param {object} step one of its steps @param {() => void} done */
export function openStep(found, step, done) {
  current = { found, step, done, key: randomId() };
  byId("step-title").textContent = `${step.label}：${found.item_name}`;
  byId("step-hint").textContent = HINTS[step.step] ?? "";
  byId("step-do").textContent = step.label;
  byId("step-wrong").textContent = "";
  byId("step-fields").replaceChildren(...step.needs.flatMap((need) => FIELDS[need]()));
  byId("dialog").showModal();
}

const FIELDS = {
  note: () => [field("note", "说明", make("textarea", { id: "step-note", rows: 3, maxlength: 1000 }))],
  lines: () => {
    const set = make("div", { class: "form", id: "step-lines" }, lineSet());
    const more = make("button", { class: "button", type: "button", onclick: () => set.append(lineSet()) }, "再加一样");
    return [set, make("div", {}, more)];
  },
  until: () => [field("until", "请在哪天前补好（可以不填）", make("input", { id: "step-until", type: "date" }))],
};

function field(name, label, input) {
  return make("div", { class: "field" }, make("label", { for: input.id }, label), input, make("p", { class: "wrong", "data-for": name, role: "alert" }));
}

function lineSet() {
  const id = randomId().slice(0, 6);
  const part = (name, label) => field(name, label, make("input", { id: `${name}-${id}`, "data-part": name, maxlength: 200 }));
  return make("fieldset", { class: "line-set" }, part("name", "缺什么材料"), part("why", "为什么要"), part("how", "怎么补"));
}

function body() {
  const lines = [...byId("step-fields").querySelectorAll(".line-set")]
    .map((set) => Object.fromEntries([...set.querySelectorAll("[data-part]")].map((input) => [input.dataset.part, input.value.trim()])))
    .filter((line) => line.name || line.why || line.how);
  return { note: byId("step-note")?.value ?? "", lines, until: byId("step-until")?.value || null };
}

byId("step-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  for (const wrong of byId("dialog").querySelectorAll(".wrong")) wrong.textContent = "";
  byId("step-do").disabled = true;
  try {
    await call(`/cases/${current.found.id}/steps/${current.step.step}`, { method: "POST", body: body(), key: current.key });
    byId("dialog").close();
    current.done();
  } catch (problem) {
    current.key = randomId();
    showWrong(problem);
  } finally {
    byId("step-do").disabled = false;
  }
});

function showWrong(problem) {
  const [name, index, part] = (problem.field ?? "").split(".");
  const set = name === "lines" && index !== undefined ? byId("step-fields").querySelectorAll(".line-set")[Number(index)] : byId("step-fields");
  const place = set?.querySelector(`.wrong[data-for="${part ?? name}"]`) ?? byId("step-wrong");
  place.textContent = part ? "这一格要写。" : problem.detail;
}

byId("step-cancel").addEventListener("click", () => byId("dialog").close());
