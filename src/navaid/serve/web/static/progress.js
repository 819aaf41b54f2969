// Shows what the server tells while papers are read. Without it the page looks again by itself.
const part = document.querySelector("[data-events]"), again = document.querySelector("[data-again]");
if (part) {
  const told = new EventSource(part.dataset.events);
  told.onmessage = (event) => { part.innerHTML = event.data; };  // made by our own templates, everything in it escaped
  told.addEventListener("over", () => { told.close(); document.querySelector(".while")?.remove(); });
  told.onerror = () => { if (told.readyState === EventSource.CLOSED) location.reload(); };
}
if (again) setTimeout(() => location.reload(), Number(again.dataset.again));
