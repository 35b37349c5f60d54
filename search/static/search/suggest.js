// Suggestions under a search box: the combobox pattern of the ARIA practices, with a list.
// Focus stays in the box; Enter without a chosen suggestion searches. Without this module
// the box is a plain form.

const WAIT = 80;
const LEAST = 2;
const GROUPS = { wet: "Wet en artikel", pagina: "Pagina's", begrip: "Begrippen", plaats: "Gemeenten", vraag: "Vaak gezocht" };

for (const input of document.querySelectorAll("input[data-suggesties]")) connect(input);

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function connect(input) {
  const form = input.closest("form");
  const list = element("div", { id: `${input.id}-suggesties`, role: "listbox", "aria-label": "Suggesties" });
  const said = element("p", { role: "status", class: "stil" });
  const box = element("div", { class: "suggesties" });
  list.hidden = true;
  form.before(box);
  box.append(form, list, said);
  const own = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(own)) input.setAttribute(name, value);

  let timer, controller, options = [], active = -1;

  const mark = (index) => {
    active = index;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    clearTimeout(timer);
    controller?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    said.textContent = "";
    mark(-1);
  };
  const open = () => {
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = list.hidden ? "" : options.length === 1 ? "1 suggestie" : `${options.length} suggesties`;
  };

  const show = (rows) => {
    mark(-1);
    options = [];
    const groups = grouped(rows);
    list.replaceChildren(...[...groups].map(([name, own]) => {
      const title = element("div", { id: `${list.id}-${name}`, class: "suggestiesoort", role: "presentation" }, GROUPS[name] ?? name);
      const group = element("div", { role: "group", "aria-labelledby": title.id }, title);
      for (const row of own) {
        const option = element("div", { id: `${list.id}-${options.length}`, role: "option", "aria-selected": "false" },
          row.titel, element("span", { class: "meta" }, ` ${row.soort}`));
        option.dataset.url = row.url;
        options.push(option);
        group.append(option);
      }
      return group;
    }));
    open();
  };

  const ask = async () => {
    const text = input.value.trim();
    controller?.abort();
    if (text.length < LEAST) { options = []; return close(); }
    controller = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggesties}?q=${encodeURIComponent(text)}`, { signal: controller.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).suggesties);
    } catch { /* typing went on, or the network is away: the form still works */ }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const shown = !list.hidden;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown) return options.length && input.value.trim().length >= LEAST ? open() : ask();
      // Past either end the box itself has its turn: nothing chosen.
      const count = options.length + 1;
      mark((active + 1 + (event.key === "ArrowDown" ? 1 : count - 1)) % count - 1);
    } else if (event.key === "Escape") {
      // First the list goes, then what was typed.
      event.preventDefault();
      if (shown) close(); else { input.value = ""; options = []; }
    } else if ((event.key === "Home" || event.key === "End") && shown) {
      // They move within the typed text, so nothing is chosen any more.
      mark(-1);
    } else if (event.key === "Enter") {
      if (shown && active >= 0) { event.preventDefault(); location.href = options[active].dataset.url; } else close();
    } else if (event.key === "Tab") close();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.href = option.dataset.url;
  });
  input.addEventListener("blur", close);
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.groep, [...(groups.get(row.groep) ?? []), row]);
  return groups;
}
