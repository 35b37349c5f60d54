// In the editors' forms: titles under the page field, and the effect in view once it is there.

const WAIT = 150;

for (const input of document.querySelectorAll("input[data-paginas]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-lijst`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (input.value.trim().length < 2) return list.replaceChildren();
      try {
        const answer = await fetch(`${input.dataset.paginas}?q=${encodeURIComponent(input.value)}`);
        if (!answer.ok) return;
        list.replaceChildren(...(await answer.json()).paginas.map((title) => new Option(title, title)));
      } catch { /* the whole title or the address works as well */ }
    }, WAIT);
  });
}

document.getElementById("effect")?.focus();
