// 大字: three sizes, remembered on this device. A plain script, so that the size is right before the page is drawn.
(() => {
  const sizes = ["normal", "large", "largest"];
  const words = { normal: "大字", large: "再大", largest: "正常字" };
  const root = document.documentElement;
  let size = "normal";
  try {
    size = localStorage.getItem("size") || "normal";
  } catch {
    /* a browser that forbids storage shows normal type */
  }
  root.dataset.size = size;
  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("size");
    button.textContent = words[root.dataset.size];
    button.addEventListener("click", () => {
      const next = sizes[(sizes.indexOf(root.dataset.size) + 1) % sizes.length];
      root.dataset.size = next;
      button.textContent = words[next];
      try {
        localStorage.setItem("size", next);
      } catch {
        /* not remembered */
      }
    });
  });
})();
