// Writes each cell's heading into the cell, so that a narrow screen can show a row as a card.
export function labelCells(root) {
  for (const table of root.querySelectorAll(".govuk-table")) {
    const headings = [...table.querySelectorAll("thead th")].map((heading) => heading.textContent.trim());
    if (!headings.length) continue;
    for (const row of table.tBodies[0]?.rows ?? []) {
      [...row.cells].forEach((cell, place) => {
        if (headings[place]) cell.dataset.label = headings[place];
      });
    }
    keepRoles(table);
    table.dataset.labelled = "yes";
  }
}

// Cards are drawn with `display: block`, which makes browsers forget that this is a table.
function keepRoles(table) {
  const roles = { table: [table], rowgroup: [table.tHead, ...table.tBodies], row: table.rows };
  for (const [role, elements] of Object.entries(roles)) {
    for (const element of elements) element?.setAttribute("role", role);
  }
  for (const cell of table.querySelectorAll("td")) cell.setAttribute("role", "cell");
  for (const cell of table.querySelectorAll("thead th")) cell.setAttribute("role", "columnheader");
  for (const cell of table.querySelectorAll("tbody th")) cell.setAttribute("role", "rowheader");
}
