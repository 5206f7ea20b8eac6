// A marker in an answer leads to its card, and a card's number leads back to the marker. One listener
// serves every link, since answers and cards come and go while the page lives.
(() => {
  "use strict";

  const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function show(target) {
    const fold = target.closest("details");
    if (fold) fold.open = true;
    document.querySelectorAll(".shown").forEach((other) => other.classList.remove("shown"));
    void target.offsetWidth; // so that the highlight starts anew where it is shown again
    target.classList.add("shown");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center", behavior: isCalm() ? "auto" : "smooth" });
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#c-"], a[href^="#m-"]');
    if (!link) return;
    event.preventDefault();
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (target) show(target);
  });

  // What Gradio leaves without a name, or names after its own HTML.
  const names = [
    [".submit-button", { "aria-label": "Ask" }],
    [".stop-button", { "aria-label": "Stop" }],
    ["[data-testid=user]", { "aria-label": "Question", role: "group" }],
    ["[data-testid=bot]", { "aria-label": "Answer", role: "group" }],
  ];

  function nameControls() {
    for (const [selector, attributes] of names)
      for (const element of document.querySelectorAll(selector))
        for (const [name, value] of Object.entries(attributes))
          if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  new MutationObserver(nameControls).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributeFilter: ["aria-label"],
  });
})();
