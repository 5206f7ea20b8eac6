// Which questions are shown: by what came of them, by kind, and by words.
const questions = [...document.querySelectorAll("details[data-outcome]")];
const buttons = [...document.querySelectorAll("button[data-show]")];
const kind = document.querySelector("#kind");
const words = document.querySelector("#words");
const count = document.querySelector("#count");
let shown = "all";

function show() {
  const wanted = words.value.trim().toLowerCase();
  let number = 0;
  for (const question of questions) {
    const fits =
      (shown === "all" || question.dataset.outcome.split(" ").includes(shown)) &&
      (!kind.value || question.dataset.kind === kind.value) &&
      question.textContent.toLowerCase().includes(wanted);
    question.hidden = !fits;
    number += fits;
  }
  count.textContent = `${number} of ${questions.length} questions`;
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    shown = button.dataset.show;
    for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    show();
  });
}
kind.addEventListener("change", show);
words.addEventListener("input", show);
show();
