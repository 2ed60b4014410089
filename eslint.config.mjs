// Habits of the pages' scripts. TypeScript already refuses unknown names, wrong types and what nobody uses; here stands what it lets pass.
// No package is imported, so that the file is read wherever ESLint runs.

// The oldest browsers that are served: Chrome 80, Safari 13.4 (README). TypeScript knows their language and its library (ES2020); here
// stand methods of the page that came later.
const TOO_NEW = ["replaceChildren", "requestSubmit", "randomUUID", "checkVisibility", "togglePopover"];
const MARKUP = "Text goes into the page only as text: use make() of /static/shell/elements.js.";

export default [
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2020, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // A message must never become markup or a program.
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-restricted-properties": ["error", ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({ property, message: MARKUP })), ...TOO_NEW.map((property) => ({ property, message: "Older browsers do not have it." })), { object: "document", property: "write", message: MARKUP }],
      // What compiles and is wrong.
      "array-callback-return": "error",
      eqeqeq: "error",
      "no-cond-assign": ["error", "always"],
      "no-constant-binary-expression": "error",
      "no-constant-condition": "error",
      "no-dupe-else-if": "error",
      "no-duplicate-case": "error",
      "no-empty": "error",
      "no-empty-pattern": "error",
      "no-irregular-whitespace": ["error", { skipStrings: true, skipTemplates: true }], // the Chinese space is text
      "no-loss-of-precision": "error",
      "no-misleading-character-class": "error",
      "no-promise-executor-return": "error",
      "no-self-assign": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-template-curly-in-string": "error",
      "no-throw-literal": "error",
      "no-unmodified-loop-condition": "error",
      "no-unreachable-loop": "error",
      "no-unsafe-finally": "error",
      "no-unsafe-optional-chaining": "error",
      "no-unused-expressions": "error",
      "no-unused-private-class-members": "error",
      "no-useless-catch": "error",
      radix: "error",
      "use-isnan": "error",
      "valid-typeof": "error",
      // Left behind by somebody who was looking for a fault, or in the way of who reads the page.
      "no-alert": "error",
      "no-console": "error",
      "no-debugger": "error",
      // One way to say a thing.
      "dot-notation": "error",
      "no-duplicate-imports": "error",
      "no-else-return": "error",
      "no-lonely-if": "error",
      "no-param-reassign": "error",
      "no-unneeded-ternary": "error",
      "no-useless-rename": "error",
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      // Modules and functions fit on a screen.
      complexity: ["error", 12],
      "max-depth": ["error", 3],
      "max-lines": ["error", 200],
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
    },
  },
  {
    // Read by every browser, and the one that tells an old browser that it is too old.
    files: ["**/before_modules.js"],
    languageOptions: { ecmaVersion: 5, sourceType: "script" },
    rules: { "no-var": "off", "prefer-arrow-callback": "off", "prefer-template": "off", "object-shorthand": "off" },
  },
  {
    // Loaded only where there is an AudioWorklet, which is younger than private fields.
    files: ["**/recorder_worklet.js"],
    languageOptions: { ecmaVersion: 2022 },
  },
];
