// When htmx gets something other than the fragment it asked for: a whole page (the session ended), or no answer at all.
const WHOLE_PAGE = /^\s*<!doctype html/i;
const TROUBLES = ["htmx:responseError", "htmx:sendError", "htmx:timeout"];

export function stayOnPage() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (target === document.body || !WHOLE_PAGE.test(xhr.responseText)) return;
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  });
  for (const trouble of TROUBLES) {
    document.addEventListener(trouble, (event) => tell(event.detail.target ?? event.target));
  }
  document.addEventListener("htmx:afterSwap", () => document.getElementById("trouble")?.remove());
}

function tell(place) {
  document.getElementById("trouble")?.remove();
  const note = document.createElement("p");
  note.id = "trouble";
  note.className = "app-notice app-notice--warning";
  note.setAttribute("role", "alert");
  note.textContent = "Chưa tải được. Những gì bạn gõ vẫn còn; hãy thử lại.";
  place.before(note);
}
