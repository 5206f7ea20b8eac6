// A question to go on with is asked by its button. The buttons go away with it, so the focus goes to the box.
window.newsciteGoingOn = (element, trigger, name) => {
  element.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button[data-question]");
    if (!button) return;
    document.querySelector("#question textarea")?.focus({ preventScroll: true });
    trigger(name, { question: button.dataset.question });
  });
};
