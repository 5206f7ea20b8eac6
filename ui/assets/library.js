// The library's buttons: each says in data attributes which event it sets off and for what. Gradio makes
// the lists and articles anew, so that focus is put where reading goes on.
(() => {
  "use strict";

  let opened = ""; // the article that was opened last, whose place in the list gets the focus back

  function settle(element) {
    const heading = element.querySelector(".reading h2");
    if (heading) {
      heading.focus({ preventScroll: true });
      heading.closest("#library-reading")?.scrollIntoView({ block: "start" });
      return;
    }
    const question = element.querySelector(".ask");
    if (question) {
      question.focus();
      question.parentElement.closest("#library-asking")?.scrollIntoView({ block: "nearest" });
      return;
    }
    const entry = opened && element.querySelector(`.shelf [data-article="${CSS.escape(opened)}"]`);
    if (entry) {
      entry.focus();
      opened = "";
    }
  }

  window.newsciteLibrary = (element, trigger, watch, events) => {
    element.addEventListener("click", (event) => {
      const button = event.target instanceof Element && event.target.closest("button[data-event]");
      if (!button || !events.includes(button.dataset.event)) return;
      if (button.dataset.event === "open" && button.closest(".shelf")) opened = button.dataset.article;
      trigger(button.dataset.event, { ...button.dataset });
    });
    watch("value", () => settle(element));
    settle(element);
  };
})();
