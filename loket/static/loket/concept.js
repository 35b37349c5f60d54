// What somebody types goes to the server as a draft; without this a button does.

for (const form of document.querySelectorAll("form[data-concept]")) {
  const state = form.querySelector("[data-conceptstand]");
  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return new URLSearchParams(data);
  };
  let timer, busy, sent = false, saved = typed().toString();
  const save = async () => {
    clearTimeout(timer);
    const body = typed();
    if (sent || body.toString() === saved) return;
    busy?.abort();
    busy = new AbortController();
    try {
      const answer = await fetch(form.dataset.concept, { method: "POST", body, keepalive: true, signal: busy.signal, headers: { "HX-Request": "true" } });
      // Anything else is another page: the login, for example.
      if (answer.status !== 204) throw new Error(String(answer.status));
      saved = body.toString();
      if (state) state.textContent = "Concept bewaard";
    } catch (fault) {
      if (fault.name === "AbortError") return;
      if (state) state.textContent = "Nog niet bewaard. Wij proberen het opnieuw. Blijft dit zo? Kijk of u nog verbinding hebt en ingelogd bent.";
      timer = setTimeout(save, 5000);
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1200); });
  // After a button the page itself sends all; a draft that comes later would bring it back.
  form.addEventListener("submit", () => {
    if (!navigator.onLine) return;
    sent = true;
    clearTimeout(timer);
    busy?.abort();
  });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("pagehide", save);
}
