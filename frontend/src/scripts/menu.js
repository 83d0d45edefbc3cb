// On a narrow screen the menu opens by a button. Without script it simply stands open.
export function letMenuClose() {
  const button = document.querySelector("[data-menu]");
  if (!button) return;
  const menu = document.getElementById(button.getAttribute("aria-controls"));
  button.hidden = false;
  set(true);
  button.addEventListener("click", () => set(!menu.classList.contains("is-closed")));

  function set(isClosed) {
    for (const part of [menu, menu.parentElement]) part.classList.toggle("is-closed", isClosed);
    button.setAttribute("aria-expanded", String(!isClosed));
  }
}

// The second row of words may be wider than a phone: bring the word of this page into view.
export function showCurrentWord() {
  const row = document.querySelector(".app-section ul");
  const word = row?.querySelector("[aria-current]");
  if (word) row.scrollLeft = word.offsetLeft - (row.clientWidth - word.offsetWidth) / 2;
}
