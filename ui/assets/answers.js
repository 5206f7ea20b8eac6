// Where an answer is read: the newest question stays at the top while its answer comes, and the quote that
// a marker shows stays within the window.
(() => {
  "use strict";

  // Following. From asking until the reader scrolls, turns to a source or asks again.
  let asked = -1; // how many questions there were when one was asked; -1: nothing is followed

  const questions = () => document.querySelectorAll("#chat .user-row");

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && !event.shiftKey && event.target.closest("#question")) asked = questions().length;
      else if (/^(Page|Arrow|Home|End|Tab)/.test(event.key)) asked = -1;
    },
    true,
  );
  document.addEventListener(
    "click",
    (event) => {
      const isAsking = event.target instanceof Element && event.target.closest(".submit-button, #chat .example");
      asked = isAsking ? questions().length : -1;
    },
    true,
  );
  // What is pressed must not move away before it is let go.
  for (const turning of ["wheel", "touchmove", "pointerdown"])
    document.addEventListener(turning, () => (asked = -1), { capture: true, passive: true });

  new MutationObserver(() => {
    const all = questions();
    if (asked >= 0 && all.length > asked) all[all.length - 1].scrollIntoView({ block: "start" });
    else if (asked > all.length) asked = -1; // cleared
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });

  // The quote of a marker: over it where there is room, else under it. On a phone page.css puts it below.
  function place(marker) {
    const peek = marker?.querySelector(".peek");
    if (!peek || matchMedia("(max-width: 600px)").matches) return;
    const at = marker.getBoundingClientRect();
    const left = at.left + (at.width - peek.offsetWidth) / 2;
    const top = at.top - peek.offsetHeight - 6;
    peek.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - peek.offsetWidth - 8))}px`;
    peek.style.top = `${top >= 8 ? top : at.bottom + 6}px`;
  }

  for (const coming of ["pointerover", "focusin"])
    document.addEventListener(coming, (event) => {
      if (event.target instanceof Element) place(event.target.closest("a.marker"));
    });
  document.addEventListener(
    "scroll",
    () => document.querySelectorAll("a.marker:is(:hover, :focus-visible)").forEach(place),
    { capture: true, passive: true },
  );
})();
