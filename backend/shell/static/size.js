// 字大一点: three sizes, remembered on this device. A plain script, so that the size is right before the page is drawn.
(() => {
  const SIZES = ["normal", "large", "largest"];
  const NEXT = ["字大一点", "字再大一点", "字恢复原样"];
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem("daoban.size") ?? "";
    } catch {
      return ""; // a browser that forbids storage shows normal type
    }
  };
  /** @param {string} size */
  const keep = (size) => {
    try {
      localStorage.setItem("daoban.size", size);
    } catch {
      // not remembered
    }
  };
  let at = Math.max(0, SIZES.indexOf(read()));
  root.dataset.size = SIZES[at];
  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("size");
    if (!button) return; // a page without a header
    button.textContent = NEXT[at];
    button.addEventListener("click", () => {
      at = (at + 1) % SIZES.length;
      root.dataset.size = SIZES[at];
      button.textContent = NEXT[at];
      keep(SIZES[at]);
    });
  });
})();
