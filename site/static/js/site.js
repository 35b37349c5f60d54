// Small enhancements; every page works without them.

// After a refusal: to what must be mended. An anchor in the address takes the focus away
// when the page has loaded, so once more then.
const wrong = document.querySelector("[data-foutmelding]") ?? document.querySelector("[aria-invalid=true]");
if (wrong) {
  wrong.focus();
  addEventListener("load", () => { if (document.activeElement === document.body) wrong.focus(); });
}

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

// What an asker types stays in this tab until it has arrived; what was sent without a
// connection goes when there is one again.
const kept = {
  read(key) { try { return JSON.parse(sessionStorage.getItem(key)) ?? {}; } catch { return {}; } },
  write(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* full or not allowed */ } },
  forget(key) { try { sessionStorage.removeItem(key); } catch { /* not allowed */ } },
};
for (const arrived of document.querySelectorAll("[data-verstuurd]")) kept.forget(arrived.dataset.verstuurd);
for (const form of document.querySelectorAll("form[data-bewaar]")) {
  const fields = [...form.querySelectorAll("textarea, input[type=text], input[type=email]")];
  const before = kept.read(form.dataset.bewaar);
  for (const field of fields) field.value ||= before[field.name] ?? "";
  form.addEventListener("input", () => {
    kept.write(form.dataset.bewaar, Object.fromEntries(fields.map((field) => [field.name, field.value])));
  });
  let waiting;
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    const notice = form.querySelector("[data-geen-verbinding]");
    notice.textContent = notice.dataset.geenVerbinding;
    removeEventListener("online", waiting);
    waiting = () => form.requestSubmit(event.submitter);
    addEventListener("online", waiting, { once: true });
  });
}
