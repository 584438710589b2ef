// Sets light or dark before the first paint. Served as it is and cached for good: rename it when it changes.
(function () {
  var chosen = null;
  try {
    chosen = window.localStorage.getItem("concord.appearance");
  } catch (error) {
    chosen = null;
  }
  var dark = chosen === "dark" || (chosen !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
