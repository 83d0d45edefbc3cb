// What an officer typed survives a session that ran out: <form method="post" data-draft="NAME">.
// Kept in this tab only, under the account that typed it; gone after sending, after sign-out, or with the tab.
// Public pages never load this file.
const PREFIX = "maiam.draft.";
const SKIPPED = new Set(["hidden", "password", "file", "submit", "button"]);

export function keepDrafts() {
  const account = document.body.dataset.account;
  if (!account) {
    unmarkSent(); // the sign-in page: what was sent did not arrive
    return;
  }
  forgetOthers(account);
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form, keyOf(form, account));
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-forget-drafts]")) sessionStorage.clear();
  });
}

function keyOf(form, account) {
  return `${PREFIX}${account}.${location.pathname}.${form.dataset.draft}`;
}

function keep(form, key) {
  const draft = read(key);
  const wasRefused = document.querySelector(".govuk-error-summary");
  if (draft && !wasRefused) restore(form, key, draft);
  form.addEventListener("input", () => write(key, { typed: typedIn(form), isSent: false }));
  form.addEventListener("submit", () => write(key, { typed: typedIn(form), isSent: true }));
}

function typedIn(form) {
  return [...form.elements]
    .filter((box) => box.name && !SKIPPED.has(box.type))
    .map((box) => ({ name: box.name, value: box.value, isChosen: box.checked ?? null }));
}

function restore(form, key, draft) {
  for (const { name, value, isChosen } of draft.typed) {
    const same = [...form.elements].filter((box) => box.name === name && !SKIPPED.has(box.type));
    const choice = same.find((box) => box.value === value && (box.type === "radio" || box.type === "checkbox"));
    if (choice) choice.checked = isChosen;
    else if (same.length === 1) same[0].value = value;
  }
  form.prepend(note(form, key));
}

function note(form, key) {
  const line = document.createElement("p");
  line.className = "app-draft";
  line.setAttribute("role", "status");
  line.append("Đã lấy lại những gì bạn gõ lần trước. ");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "app-link-button";
  drop.textContent = "Bỏ, làm lại từ đầu";
  drop.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    form.reset();
    line.remove();
  });
  line.append(drop);
  return line;
}

function forgetOthers(account) {
  const wasRefused = document.querySelector("[data-refused]");
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) {
    const isOwn = key.startsWith(`${PREFIX}${account}.`);
    if (!isOwn || (read(key)?.isSent && !wasRefused)) sessionStorage.removeItem(key);
  }
}

function unmarkSent() {
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) {
    write(key, { ...read(key), isSent: false });
  }
}

function read(key) {
  return JSON.parse(sessionStorage.getItem(key));
}

function write(key, draft) {
  sessionStorage.setItem(key, JSON.stringify(draft));
}
