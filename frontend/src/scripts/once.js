// A second press of a button sends nothing. The server would make one record of two anyway; this spares the wait.
const UNLOCK_MS = 5000; // a form that answers with a file leaves the page standing

export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented || form.method !== "post") return;
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, UNLOCK_MS);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
}
