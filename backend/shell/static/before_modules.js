// Before the page's modules run, and where they never do. A plain script in the oldest syntax (ES5), so that every browser reads it.
// A press or a form sent too early waits for its module; where modules cannot be read (a browser older than Chrome 80 or Safari 13.4)
// or were not loaded whole, the page says so, and no form that needs them leaves the page with what was written.
(function () {
  /** @type {(() => void) | null} */
  var waiting = null;
  var loading = true;
  var lost = false;

  function isModern() {
    return document.documentElement.hasAttribute("data-modern"); // modern.js has run
  }

  /** @param {Event} event @param {() => void} again */
  function hold(event, again) {
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = again;
  }

  /** @param {Event} event */
  function onClick(event) {
    var button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!loading || !button || (button.form && button.type === "submit")) return;
    hold(event, button.click.bind(button));
  }

  /** @param {Event} event */
  function onSubmit(event) {
    var form = event.target;
    if (!(form instanceof HTMLFormElement) || form.hasAttribute("action") || (!loading && isModern())) return;
    hold(event, form.dispatchEvent.bind(form, new Event("submit", { bubbles: true, cancelable: true })));
  }

  /** @param {Event} event */
  function onError(event) {
    if (event.target instanceof HTMLScriptElement) lost = true;
  }

  /** Modules run before the document counts as loaded; what they listen for is repeated after them. */
  function begin() {
    setTimeout(function () {
      loading = false;
      if (isModern() && waiting) waiting();
      waiting = null;
    }, 0);
  }

  function explain() {
    if (isModern() && !lost) return;
    var banner = document.getElementById(lost ? "not-loaded" : "too-old");
    if (banner) banner.hidden = false;
  }

  document.addEventListener("click", onClick, true);
  document.addEventListener("submit", onSubmit, true);
  window.addEventListener("error", onError, true);
  document.addEventListener("DOMContentLoaded", begin);
  window.addEventListener("load", explain);
})();
