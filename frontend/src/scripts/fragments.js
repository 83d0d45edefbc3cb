// When htmx gets something other than the fragment it asked for: a sign-in page, or no answer at all.
import { announce } from "./announce.js";

const WHOLE_PAGE = /^\s*<!doctype html/i;

export function stayOnPage() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (target === document.body || !WHOLE_PAGE.test(xhr.responseText)) return;
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => announce("Chưa tải được. Những gì bạn gõ vẫn còn; hãy thử lại."));
  }
}
