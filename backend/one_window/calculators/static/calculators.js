// Small calculators: which questions are shown follows from the answers so far; what it comes to is computed by the server.
import { call, day, make, Problem } from "/static/shell/api.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

const CHOSEN = "input[type=radio]:checked";

class Calculator {
  constructor(form) {
    this.form = form;
    this.questions = [...form.querySelectorAll("[data-question]")];
    this.turn = 0;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("reset", () => setTimeout(() => this.begin()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.compute();
    });
    this.changed(); // a page come back to by 后退 may hold answers
  }

  part(name) {
    return this.form.querySelector(`[data-part=${name}]`);
  }

  /** Answers of the questions that apply; a question applies if the earlier ones it hangs on are answered so. */
  answers() {
    const given = {};
    for (const question of this.questions) {
      const when = Object.entries(JSON.parse(question.dataset.when));
      question.hidden = !when.every(([other, wanted]) => wanted.includes(given[other]));
      const input = question.querySelector(CHOSEN) ?? question.querySelector("input:not([type=radio])");
      const value = input?.value.trim();
      if (value && !question.hidden) given[question.dataset.question] = value;
    }
    return given;
  }

  changed() {
    this.turn += 1; // what was computed before no longer belongs to what is written
    this.answers();
    this.part("outcome").hidden = true;
  }

  begin() {
    clearWrong(this.form);
    this.changed();
    this.questions[0].querySelector("input").focus();
  }

  async compute() {
    const turn = ++this.turn;
    clearWrong(this.form);
    this.part("outcome").hidden = true;
    try {
      const outcome = await call(`/rules/${this.form.dataset.rule}/compute`, { method: "POST", body: { answers: this.answers() } });
      if (turn === this.turn) this.show(outcome);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (turn !== this.turn) return;
      if (!showWrong(this.form, problem.field, problem.detail)) this.part("refused").textContent = problem.detail;
    }
  }

  show(outcome) {
    this.part("verdict").textContent = outcome.verdict;
    this.part("computed_on").textContent = day(outcome.computed_on);
    for (const name of ["explanation", "unsure"]) {
      this.part(name).replaceChildren(...outcome[name].map((sentence) => make("li", {}, sentence)));
      this.part(name).parentElement.hidden = !outcome[name].length;
    }
    this.part("outcome").hidden = false;
    this.part("outcome").focus();
    this.part("outcome").scrollIntoView({ block: "nearest" });
  }
}

for (const form of document.querySelectorAll("form.calculator")) new Calculator(form);
