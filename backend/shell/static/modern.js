// Runs only where the syntax of all our modules is understood (ES2020: Chrome 80, Safari 13.4); before_modules.js looks for its mark.
const root = globalThis.document?.documentElement ?? null;
root?.setAttribute("data-modern", "");
