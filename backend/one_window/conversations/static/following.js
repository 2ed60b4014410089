// Scrolling: the newest message is brought into view, a long answer from its beginning; who reads further up is left alone.
import { byId, within } from "/static/shell/elements.js";

const NEAR = 120;
const MARGIN = 16;
const page = document.scrollingElement ?? document.documentElement;
const below = byId("below");
let follows = true;
/** @type {HTMLElement | null} */
let anchor = null;
/** @type {number | null} */
let expected = null;
let planned = false;

const nearBottom = () => innerHeight + scrollY >= page.scrollHeight - NEAR;

/** The citizen has spoken: the end of the page is where things happen now. */
export function spoken() {
  follows = true;
  anchor = null;
  plan();
}

/** Something was added to the conversation. @param {HTMLElement} element @param {{history: boolean}} how */
export function arrived(element, { history }) {
  if (history) anchor = element;
  else anchor = anchor ?? element;
  if (follows) plan();
  if (!history && (!follows || element.classList.contains("from-system"))) offer();
}

/** The end of the page moved without a message. */
export function grown() {
  if (follows) plan();
}

/** Bring the newest into view once, after everything of this moment was added. */
function plan() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    const top = within(document, ".notices").offsetHeight + MARGIN;
    const end = page.scrollHeight - innerHeight;
    const start = anchor?.isConnected ? anchor.getBoundingClientRect().top + scrollY - top : end;
    expected = Math.max(0, Math.min(start, end));
    scrollTo(0, expected);
  });
}

function offer() {
  requestAnimationFrame(() => {
    below.hidden = nearBottom();
  });
}

addEventListener("scroll", () => {
  if (nearBottom()) {
    follows = true;
    below.hidden = true;
  } else if (expected === null || Math.abs(scrollY - expected) > 2) {
    follows = false;
  }
});
below.addEventListener("click", () => {
  below.hidden = true;
  spoken();
});
history.scrollRestoration = "manual";
