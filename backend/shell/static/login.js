// The way to the sign-in page, from every page and for every reason.

let leaving = false;

/** Leave for the sign-in page, once: leaving cuts the live line, and a second call would break off the first. */
export function toLogin() {
  if (leaving) return;
  leaving = true;
  location.assign("/login");
}

addEventListener("pageshow", () => (leaving = false)); // brought back by the browser's 后退
