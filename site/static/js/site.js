// Small enhancements; every page works without them.

const summary = document.querySelector("[data-foutmelding]");
if (summary) summary.focus();

// Copy buttons appear only where copying works; the link beside them always does.
for (const holder of document.querySelectorAll("[data-kopieer]")) {
  if (!navigator.clipboard) break;
  holder.addEventListener("click", async (event) => {
    event.preventDefault();
    await navigator.clipboard.writeText(holder.dataset.kopieer);
    const old = holder.textContent;
    holder.textContent = holder.dataset.gekopieerd || "Gekopieerd";
    setTimeout(() => { holder.textContent = old; }, 2000);
  });
}

// On a wide screen the contents list is open; on a phone it stays closed.
if (matchMedia("(min-width: 50rem)").matches) {
  for (const details of document.querySelectorAll("details[data-breed-open]")) details.open = true;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
