"use strict";
(() => {
  const key = (row, index) => {
    const cell = row.cells[index];
    return cell ? cell.dataset.sort ?? cell.textContent.trim() : "";
  };
  const byCodePoint = (one, other) => {
    const [a, b] = [[...one], [...other]];
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
      const difference = a[at].codePointAt(0) - b[at].codePointAt(0);
      if (difference !== 0) return difference;
    }
    return a.length - b.length;
  };
  const isNumber = (text) => text === "" || !Number.isNaN(Number(text));
  for (const table of document.querySelectorAll("main table")) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3) continue;
    const given = [...body.rows];
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, index) => {
      if (header.tagName !== "TH") return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const before = header.getAttribute("aria-sort");
        headers.forEach((other) => other.removeAttribute("aria-sort"));
        if (before === "descending") {
          body.append(...given);
          return;
        }
        const sign = before === "ascending" ? -1 : 1;
        header.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
        const keyed = given.map((row) => [key(row, index), row]);
        const numeric = keyed.every(([text]) => isNumber(text));
        const compare = (a, b) => (numeric ? a - b : byCodePoint(a, b));
        // What is absent is last either way.
        keyed.sort(([a], [b]) => (a === "") - (b === "") || (a === "" ? 0 : sign * compare(a, b)));
        body.append(...keyed.map(([, row]) => row));
      });
    });
  }
  const folded = [];
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      folded.push(details);
    }
  });
  addEventListener("afterprint", () => folded.splice(0).forEach((details) => { details.open = false; }));
})();
