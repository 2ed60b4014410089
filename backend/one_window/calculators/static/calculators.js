// Small calculators: which questions are shown follows from the answers so far; what it comes to is computed by the server.
import { call, problemOf } from "/static/shell/api.js";
import { day } from "/static/shell/dates.js";
import { allWithin, around, dataOf, make, refill, within } from "/static/shell/elements.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

/** @typedef {import("/types/api").CalculationResult} CalculationResult */

const ANSWER = "input[type=radio]:checked, input:not([type=radio])";

class Calculator {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.questions = allWithin(form, "[data-question]");
    this.turn = 0;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("reset", () => setTimeout(() => this.begin()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.compute();
    });
    this.changed(); // a page come back to by 后退 may hold answers
  }

  /** @param {string} name */
  part(name) {
    return within(this.form, `[data-part=${name}]`);
  }

  /** Answers of the questions that apply; a question applies if the earlier ones it hangs on are answered so. */
  answers() {
    /** @type {Record<string, string>} */
    const given = {};
    for (const question of this.questions) {
      /** @type {[string, string[]][]} */
      const when = Object.entries(JSON.parse(dataOf(question, "when")));
      question.hidden = !when.every(([other, wanted]) => wanted.includes(given[other]));
      const [input] = allWithin(question, ANSWER, HTMLInputElement);
      const value = input?.value.trim();
      if (value && !question.hidden) given[dataOf(question, "question")] = value;
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
    within(this.questions[0], "input").focus();
  }

  async compute() {
    const turn = ++this.turn;
    clearWrong(this.form);
    this.part("outcome").hidden = true;
    try {
      /** @type {CalculationResult} */
      const outcome = await call(`/rules/${dataOf(this.form, "rule")}/compute`, { method: "POST", body: { answers: this.answers() } });
      if (turn === this.turn) this.show(outcome);
    } catch (error) {
      const problem = problemOf(error);
      if (turn !== this.turn) return;
      if (!showWrong(this.form, problem.field, problem.detail)) this.part("refused").textContent = problem.detail;
    }
  }

  /** @param {CalculationResult} outcome */
  show(outcome) {
    this.part("verdict").textContent = outcome.verdict;
    this.part("computed_on").textContent = day(outcome.computed_on);
    this.list("explanation", outcome.explanation);
    this.list("unsure", outcome.unsure);
    this.part("outcome").hidden = false;
    this.part("outcome").focus();
    this.part("outcome").scrollIntoView({ block: "nearest" });
  }

  /** A part with its heading; neither where there is nothing to say. @param {string} name @param {string[]} sentences */
  list(name, sentences) {
    refill(this.part(name), ...sentences.map((sentence) => make("li", {}, sentence)));
    around(this.part(name), "div").hidden = !sentences.length;
  }
}

for (const form of allWithin(document, "form.calculator", HTMLFormElement)) new Calculator(form);
