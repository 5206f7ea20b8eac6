// A marker in an answer leads to its card, and a card's number leads back to the marker. One listener
// serves every link, since answers and cards come and go while the page lives.
(() => {
  "use strict";

  let followed = ""; // the id of the card or marker that was led to last
  let isHeld = false; // in the window, until the reader scrolls on or turns to something else

  const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function unfold(target) {
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details"))
      fold.open = true;
  }

  function show(target) {
    unfold(target);
    document.querySelectorAll(".shown").forEach((other) => other.classList.remove("shown"));
    void target.offsetWidth; // so that the highlight starts anew where it is shown again
    target.classList.add("shown");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center", behavior: isCalm() ? "auto" : "smooth" });
  }

  // Asking, or folding by hand, leaves it behind.
  const leave = (event, selector) => {
    if (event.target instanceof Element && event.target.closest(selector)) followed = "";
  };
  document.addEventListener("click", (event) => leave(event, ".submit-button, .example, summary"), true);
  document.addEventListener("keydown", (event) => event.key === "Enter" && leave(event, "#question"), true);

  for (const scrolling of ["wheel", "touchmove"])
    document.addEventListener(scrolling, () => (isHeld = false), { capture: true, passive: true });
  document.addEventListener(
    "keydown",
    (event) => /^(Page|Arrow|Home|End|Tab| )/.test(event.key) && (isHeld = false),
    true,
  );

  function isElsewhere() {
    const active = document.activeElement;
    return active && active.id !== followed && !active.matches('body, a[href^="#c-"], a[href^="#m-"]');
  }

  // While an answer comes, Gradio makes the cards anew at every step, without what was done to them here, and
  // may make a marker before its card.
  new MutationObserver(() => {
    const target = followed && document.getElementById(followed);
    if (!target || target.classList.contains("shown")) return;
    if (isHeld && !isElsewhere()) return show(target);
    target.classList.add("shown");
    unfold(target);
  }).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["class"] });

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#c-"], a[href^="#m-"]');
    if (!link) return;
    event.preventDefault();
    followed = link.getAttribute("href").slice(1);
    isHeld = true;
    const target = document.getElementById(followed);
    if (target) show(target);
  });

  // An article is read in context in a dialog, which Escape closes; ui.reader made its HTML.
  const reader = document.createElement("dialog");
  reader.id = "reader";
  reader.setAttribute("aria-label", "The article in full");

  async function read(button) {
    const { article, start, end } = button.dataset;
    reader.innerHTML = '<form method="dialog"><button aria-label="Close">✕</button></form><p>Opening…</p>';
    if (!reader.isConnected) document.querySelector(".gradio-container").append(reader);
    reader.showModal();
    const text = document.createElement("article");
    text.innerHTML = await window.newsciteRead({ article, start, end });
    reader.lastElementChild.replaceWith(text);
    text.querySelector("#quoted")?.scrollIntoView({ block: "center" });
  }

  async function copy(button) {
    const name = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Can't copy here";
    }
    setTimeout(() => (button.textContent = name), 1500);
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const share = event.target.closest("a.share");
    if (share) {
      event.preventDefault();
      share.dataset.copy = new URL(share.getAttribute("href"), location.href.split(/[?#]/)[0]).href;
      void copy(share);
    }
    if (event.target === reader) reader.close(); // beside it
    const button = event.target.closest("button.read, button.copy");
    if (button?.classList.contains("read")) void read(button);
    else if (button) void copy(button);
  });

  // What Gradio leaves without a name, or names after its own HTML.
  const names = [
    [".submit-button", { "aria-label": "Ask" }],
    [".stop-button", { "aria-label": "Stop" }],
    ["#chat .examples", { "aria-label": "Examples", role: "group" }],
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
