// Small enhancements; every page works without them.

// After a refusal: to what must be mended.
(document.querySelector("[data-foutmelding]") ?? document.querySelector("[aria-invalid=true]"))?.focus();

// Copy buttons appear only where copying works; what they copy stays in reach without.
if (navigator.clipboard) {
  for (const holder of document.querySelectorAll("[data-kopieer]")) {
    const status = document.createElement("span");
    status.className = "uitleg";
    status.setAttribute("role", "status");
    holder.after(status);
    const shown = holder.parentElement.querySelector("details.citaat");
    if (shown) shown.hidden = true;
    holder.hidden = false;
    holder.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(holder.dataset.kopieer);
        status.textContent = holder.dataset.gekopieerd;
      } catch {
        status.textContent = holder.dataset.mislukt;
        if (shown) { shown.hidden = false; shown.open = true; }
      }
      setTimeout(() => { status.textContent = ""; }, 5000);
    });
  }
}

// On a wide screen the contents list is open; on a phone it stays closed.
if (matchMedia("(min-width: 50rem)").matches) {
  for (const details of document.querySelectorAll("details[data-breed-open]")) details.open = true;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
