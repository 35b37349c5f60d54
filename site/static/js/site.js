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
  const holders = document.querySelectorAll("[data-kopieer], [data-kopieer-van]");
  const cited = (holder) => document.querySelector(`[data-citaat="${CSS.escape(holder.dataset.kopieerVan ?? "")}"]`);
  for (const holder of holders) {
    const shown = holder.parentElement.querySelector("details.citaat");
    if (shown) shown.hidden = true;
    holder.hidden = false;
    holder.addEventListener("click", async (event) => {
      event.preventDefault();
      let status = holder.nextElementSibling;
      if (!status?.matches("[role=status]")) {
        status = document.createElement("span");
        status.className = "uitleg kopieerstand";
        status.setAttribute("role", "status");
        holder.after(status);
      }
      const from = cited(holder);
      try {
        await navigator.clipboard.writeText(holder.dataset.kopieer ?? from.textContent);
        status.textContent = holder.dataset.gekopieerd;
      } catch {
        status.textContent = holder.dataset.mislukt;
        const box = shown ?? from?.closest("details");
        if (box) { box.hidden = false; box.open = true; }
      }
      setTimeout(() => { status.textContent = ""; }, 5000);
    });
  }
}

// A defined term shows its meaning in place; without this it is a link to its definition.
const terms = document.querySelectorAll("a[data-begrip]");
if (terms.length && HTMLElement.prototype.showPopover) {
  const holder = terms[0].closest("[data-uitleg]");
  const box = Object.assign(document.createElement("div"), { className: "begripvak", tabIndex: -1, popover: "auto" });
  box.setAttribute("role", "dialog");
  let opener;
  const open = (link) => {
    const meaning = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const text = (meaning.querySelector(":scope > .nummer + div") ?? meaning).cloneNode(true);
    for (const part of text.querySelectorAll("[id], [tabindex]")) { part.removeAttribute("id"); part.removeAttribute("tabindex"); }
    for (const inner of text.querySelectorAll("a[data-begrip]")) inner.replaceWith(...inner.childNodes);
    const go = Object.assign(document.createElement("a"), { href: link.hash, textContent: holder.dataset.uitleg });
    const close = Object.assign(document.createElement("button"), { type: "button", className: "knop tekst", textContent: holder.dataset.sluit });
    go.addEventListener("click", () => { opener = null; box.hidePopover(); });
    close.addEventListener("click", () => box.hidePopover());
    const acts = document.createElement("p");
    acts.className = "rij";
    acts.append(go, close);
    box.replaceChildren(...text.childNodes, acts);
    box.setAttribute("aria-label", link.textContent);
    link.after(box);
    box.showPopover();
    opener = link;
    link.setAttribute("aria-expanded", "true");
    const at = link.getClientRects()[0], own = box.getBoundingClientRect(), room = document.documentElement;
    box.style.left = `${Math.max(8, Math.min(at.left, room.clientWidth - own.width - 8))}px`;
    const below = at.bottom + 6 + own.height <= room.clientHeight;
    box.style.top = `${Math.max(8, below ? at.bottom + 6 : at.top - own.height - 6)}px`;
    box.focus();
  };
  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    for (const link of terms) link.setAttribute("aria-expanded", "false");
    const inside = document.activeElement === document.body || box.contains(document.activeElement);
    if (opener && inside) opener.focus();
  });
  addEventListener("scroll", () => { if (box.matches(":popover-open") && !box.contains(document.activeElement)) box.hidePopover(); }, { passive: true });
  for (const link of terms) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); open(link); }
    });
  }
}

// On a wide screen the contents list is open; on a phone it stays closed.
if (matchMedia("(min-width: 50rem)").matches) {
  for (const details of document.querySelectorAll("details[data-breed-open]")) details.open = true;
}
// What explains an article is open where it stands beside it.
if (matchMedia("(min-width: 68.75rem)").matches) {
  for (const details of document.querySelectorAll("details[data-naast]")) details.open = true;
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
