// Keys on the workplace; every act is a form without it.

const typing = (target) => target.matches("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter" && event.target.matches("#antwoord")) {
    event.target.form.requestSubmit();
    return;
  }
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j" || event.key === "k") {
    const rows = [...document.querySelectorAll("[data-stapel] .stapelrij")];
    const here = rows.findIndex((row) => row.hasAttribute("aria-current"));
    const next = rows[here + (event.key === "j" ? 1 : -1)];
    if (next) location.href = next.href;
    return;
  }
  const target = document.querySelector(`[data-toets="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("summary")) {
    target.parentElement.open = true;
    target.parentElement.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  } else if (target.matches("button")) target.click();
  else target.focus();
});
