// Keys and draft saving on the workplace; every act is a form without it.

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

for (const form of document.querySelectorAll("form[data-concept]")) {
  const area = form.querySelector("textarea");
  const state = form.querySelector("[data-conceptstand]");
  let timer, saved = area.value;
  const save = async () => {
    if (area.value === saved) return;
    const text = area.value;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set(area.name, text);
    try {
      const answer = await fetch(form.dataset.concept, { method: "POST", body, headers: { "HX-Request": "true" } });
      // Anything else is another page: the login, for example.
      if (answer.status !== 204) throw new Error(String(answer.status));
      saved = text;
      if (state) state.textContent = "Concept bewaard";
    } catch {
      if (state) state.textContent = "Nog niet bewaard. Wij proberen het opnieuw. Blijft dit zo? Kijk of u nog verbinding hebt en ingelogd bent.";
      timer = setTimeout(save, 5000);
    }
  };
  area.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1200); });
}
