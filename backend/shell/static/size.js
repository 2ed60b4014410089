// 字大一点: three sizes, remembered on this device. A plain script, so that the size is right before the page is drawn.
(() => {
  const SIZES = ["normal", "large", "largest"];
  const NEXT = { normal: "字大一点", large: "字再大一点", largest: "字恢复原样" };
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem("daoban.size");
    } catch {
      return null; // a browser that forbids storage shows normal type
    }
  };
  const keep = (size) => {
    try {
      localStorage.setItem("daoban.size", size);
    } catch {
      // not remembered
    }
  };
  root.dataset.size = SIZES.includes(read()) ? read() : "normal";
  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("size");
    button.textContent = NEXT[root.dataset.size];
    button.addEventListener("click", () => {
      root.dataset.size = SIZES[(SIZES.indexOf(root.dataset.size) + 1) % SIZES.length];
      button.textContent = NEXT[root.dataset.size];
      keep(root.dataset.size);
    });
  });
})();
