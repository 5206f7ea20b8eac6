// What a reader says of an answer is saved at once; ui.feedback made the controls, and says what came of it.
(() => {
  "use strict";

  const alone = ["right", "unwanted"]; // said of the whole answer
  const isPressed = (button) => button.classList.contains("pressed");
  const isAlone = (button) => alone.some((kind) => button.classList.contains(kind));
  const numberOf = (button) => Number(/\bn-(\d+)/.exec(button.className)[1]);

  function press(button, pressed) {
    button.classList.toggle("pressed", pressed);
    button.setAttribute("aria-pressed", String(pressed));
  }

  async function judge(button) {
    const group = button.closest(".feedback");
    if (group.dataset.busy) return;
    group.dataset.busy = "yes";
    const buttons = [...group.querySelectorAll("button.judge")];
    const pressed = buttons.filter((one) =>
      one === button ? !isPressed(one) : isPressed(one) && !isAlone(one) && !isAlone(button),
    );
    const of = (kind) => pressed.filter((one) => one.classList.contains(kind));
    let told = { saved: false, line: "Not saved: newscite can't be reached. Is it still running?" };
    try {
      told = await window.newsciteJudge({
        answer: JSON.parse(group.querySelector(".answer-data").textContent),
        right: of("right").length > 0,
        wrong: of("wrong").map(numberOf),
        unsupported: of("unsupported").map(numberOf),
        unwanted: of("unwanted").length > 0,
      });
    } catch {
      // told as it is
    }
    if (told.saved) for (const one of buttons) press(one, pressed.includes(one));
    group.querySelector("[role=status]").textContent = told.line;
    delete group.dataset.busy;
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button.judge");
    if (button) void judge(button);
  });

  // What Gradio takes off the controls: which are pressed, and that a fold with such is open.
  function complete() {
    for (const button of document.querySelectorAll("button.judge:not([aria-pressed])")) {
      press(button, isPressed(button));
      const fold = button.closest("details");
      if (fold && isPressed(button)) fold.open = true;
    }
  }

  new MutationObserver(complete).observe(document.documentElement, { subtree: true, childList: true });
})();
