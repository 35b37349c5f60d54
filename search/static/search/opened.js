// Counts which hit of a search is opened, by its place in the list; without who opened it.
// Links keep their own address. Without this module nothing is counted.

const report = (event) => {
  const link = event.target.closest?.(".treffers [data-plek] a[href]");
  const list = link?.closest("[data-geopend]");
  if (!list || (event.type === "auxclick" && event.button !== 1)) return;
  navigator.sendBeacon(list.dataset.geopend, new URLSearchParams({
    vraag: list.dataset.vraag,
    plek: link.closest("[data-plek]").dataset.plek,
  }));
};

document.addEventListener("click", report);
document.addEventListener("auxclick", report);
