// Elements of a page: found with their type, and made.

/** @typedef {Node | string | null | undefined} Child nothing is left out */
/** @typedef {string | number | boolean | null | undefined | ((event: Event) => void)} Attribute `on…` is a listener, false leaves it out */
/** @template {Element} T @typedef {{new (): T, prototype: T}} ElementClass the class of an element */

/**
 * The element of this id; throws where the page has none of this kind.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {ElementClass<T>} [kind]
 * @returns {T}
 */
export function byId(id, kind) {
  return found(document.getElementById(id), kind, id);
}

/**
 * The element of this id, or null: for what only some pages of a script have.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {ElementClass<T>} [kind]
 * @returns {T | null}
 */
export function byIdOrNull(id, kind) {
  const element = document.getElementById(id);
  return element && found(element, kind, id);
}

/**
 * The first element within another; throws where there is none of this kind.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} scope
 * @param {string} selector
 * @param {ElementClass<T>} [kind]
 * @returns {T}
 */
export function within(scope, selector, kind) {
  return found(scope.querySelector(selector), kind, selector);
}

/**
 * All elements within another; throws where one is of another kind.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} scope
 * @param {string} selector
 * @param {ElementClass<T>} [kind]
 * @returns {T[]}
 */
export function allWithin(scope, selector, kind) {
  return Array.from(scope.querySelectorAll(selector), (element) => found(element, kind, selector));
}

/**
 * The nearest element around another, itself included; throws where there is none.
 *
 * @param {Element} element
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function around(element, selector) {
  return found(element.closest(selector), HTMLElement, selector);
}

/**
 * What a `data-` attribute says; throws where the template has not stated it.
 *
 * @param {HTMLElement} element
 * @param {string} name
 */
export function dataOf(element, name) {
  const value = element.dataset[name];
  if (value === undefined) throw new Error(`no data-${name}`);
  return value;
}

/**
 * An element with attributes and children; text is always text.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...Child} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== "") element.append(child);
  return element;
}

/** Put these children in the place of all there were. @param {Element} element @param {...(Node | string)} children */
export function refill(element, ...children) {
  element.textContent = "";
  element.append(...children);
}

/** A button that sends no form. @param {string} label @param {Record<string, Attribute>} [attributes] */
export function press(label, attributes = {}) {
  return make("button", { type: "button", class: "button", ...attributes }, label);
}

/** Names and what stands for them; a pair without a value is left out, null where none is left. @param {[string, Child][]} pairs */
export function facts(pairs) {
  const filled = pairs.filter(([, value]) => value);
  if (!filled.length) return null;
  return make("dl", { class: "facts" }, ...filled.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

/**
 * @template {HTMLElement} T
 * @param {Element | null} element
 * @param {ElementClass<T> | undefined} kind
 * @param {string} wanted
 * @returns {T}
 */
function found(element, kind, wanted) {
  const known = kind ?? HTMLElement;
  if (element instanceof known) return /** @type {T} */ (element);
  throw new Error(`no ${known.name} ${wanted}`);
}
