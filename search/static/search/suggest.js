// Suggestions under a search box: the combobox pattern of the ARIA practices.
// Without this module the box is a plain form.

const WAIT = 120;

for (const input of document.querySelectorAll("input[data-suggesties]")) connect(input);

function connect(input) {
  const box = document.createElement("div");
  box.className = "suggesties";
  const list = document.createElement("ul");
  list.id = `${input.id}-suggesties`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggesties");
  list.hidden = true;
  input.closest("form").before(box);
  box.append(input.closest("form"), list);
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })
    .forEach(([name, value]) => input.setAttribute(name, value));

  let timer, active = -1, controller;
  const options = () => [...list.children];

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const select = (index) => {
    const all = options();
    if (!all.length) return;
    active = (index + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };

  const show = (rows) => {
    list.replaceChildren(...rows.map((row, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = row.url;
      option.textContent = row.titel;
      const kind = document.createElement("span");
      kind.className = "meta";
      kind.textContent = ` ${row.soort}`;
      option.append(kind);
      return option;
    }));
    active = -1;
    list.hidden = rows.length === 0;
    input.setAttribute("aria-expanded", String(rows.length > 0));
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const text = input.value.trim();
      if (text.length < 2) return close();
      controller?.abort();
      controller = new AbortController();
      try {
        const answer = await fetch(`${input.dataset.suggesties}?q=${encodeURIComponent(text)}`, { signal: controller.signal });
        if (answer.ok && document.activeElement === input) show((await answer.json()).suggesties);
      } catch { /* typing went on, or the network is away: the form still works */ }
    }, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); select(active + 1); }
    else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); select(active - 1); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); location.href = options()[active].dataset.url; }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); location.href = option.dataset.url; }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
}
