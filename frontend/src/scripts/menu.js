// On a narrow screen the menu opens by a button. Without script it simply stands open.
export function letMenuClose() {
  const button = document.querySelector("[data-menu]");
  if (!button) return;
  const menu = document.getElementById(button.getAttribute("aria-controls"));
  button.hidden = false;
  menu.classList.add("is-closed");
  button.addEventListener("click", () => {
    const isClosed = menu.classList.toggle("is-closed");
    button.setAttribute("aria-expanded", String(!isClosed));
  });
}
