// Ctrl Enter takes the call in. A list in which somebody is choosing is not replaced.

const form = document.getElementById("gesprek");
form.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-neem-op]"));
  }
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const list = event.detail.target;
  if (list.matches("[data-keuze]") && list.contains(document.activeElement)) event.detail.shouldSwap = false;
});
