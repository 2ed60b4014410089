// An application form filled in on the screen: nothing is sent or stored; what is empty is named once before printing.
import { byId } from "/static/shell/api.js";

const fields = [...byId("fields").children];
const CHECKS = {
  id_number: [/^\d{17}[\dXx]$/, "身份证号码是18位，请再数一数。"],
  phone: [/^1\d{10}$/, "手机号是11位，1开头，请再看一看。"],
  bank_card: [/^\d{12,19}$/, "银行卡号是12到19位数字，请再看一看。"],
  credit_code: [/^[0-9A-Z]{18}$/i, "统一社会信用代码是18位，请再数一数。"],
  number: [/^\d+$/, "请写一个数字。"],
  money: [/^\d+(\.\d{1,2})?元?$/, "请写数字，比如3500。"],
};
let warned = "";

const inputOf = (field) => field.querySelector(".input");
const valueOf = (field) => (inputOf(field)?.value ?? field.querySelector("input:checked")?.value ?? "").trim();

function check(field) {
  const value = valueOf(field);
  const [pattern, sentence] = CHECKS[field.dataset.kind] ?? [];
  const wrong = value && pattern && !pattern.test(value.replaceAll(" ", "")) ? sentence : "";
  field.querySelector(".wrong").textContent = wrong;
  if (wrong) inputOf(field).setAttribute("aria-invalid", "true");
  else inputOf(field)?.removeAttribute("aria-invalid");
}

function mirror(field) {
  const copy = field.querySelector(".filled");
  if (copy) copy.textContent = inputOf(field).value;
}

function printFilled() {
  const empty = fields.filter((field) => "required" in field.dataset && !valueOf(field)).map((field) => field.dataset.label);
  const sentence = empty.length ? `还没填：${empty.join("、")}。可以再点一次打印，用笔补上。` : "";
  byId("left").textContent = sentence;
  if (sentence && sentence !== warned && empty.length < fields.length) {
    warned = sentence;
    return;
  }
  print();
}

function clear() {
  for (const input of byId("fields").querySelectorAll("input, textarea")) {
    if (input.type === "radio") input.checked = false;
    else input.value = "";
  }
  for (const field of fields) {
    check(field);
    mirror(field);
  }
  byId("left").textContent = "";
  warned = "";
}

for (const field of fields) {
  field.addEventListener("input", () => mirror(field));
  field.addEventListener("change", () => check(field));
}
byId("print-filled").addEventListener("click", printFilled);
byId("clear").addEventListener("click", clear);
addEventListener("pageshow", clear); // a page come back to by 后退 keeps nothing
document.documentElement.dataset.mirrored = "true";
