"use strict";
/* What the page can do more with a script: choose rows, sort them, and keep both in the address. */
(() => {
  const form = document.getElementById("choose");
  const status = form.querySelector("[role=status]");
  const tables = [...document.querySelectorAll("table[data-choose]")];
  const sortable = [...document.querySelectorAll("table.sheet")];
  const selects = [...form.querySelectorAll("select")];
  const search = form.elements.namedItem("q");
  const open = form.elements.namedItem("open");
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const sorted = new Map();
  const texts = new Map();
  const first = new Map();

  const fill = (text, shown, all) => text.replace("{shown}", shown).replace("{all}", all);
  const numbers = (text) => new Set((text ?? "").split(" ").filter(Boolean));

  function chosen(names) {
    const facets = numbers(names);
    return selects
      .filter((select) => select.value !== "" && facets.has(select.dataset.facet))
      .map((select) => select.selectedOptions[0].dataset.token);
  }

  function fits(element, tokens) {
    const has = numbers(element.dataset.facets);
    return tokens.every((token) => has.has(token));
  }

  function textOf(row) {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  }

  function choose() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let all = 0;
    for (const table of tables) {
      const tokens = chosen(table.dataset.choose);
      let here = 0;
      for (const row of table.tBodies[0].rows) {
        const fit =
          fits(row, tokens) &&
          !(open.checked && row.dataset.covered === "1") &&
          words.every((word) => textOf(row).includes(word));
        row.hidden = !fit;
        here += fit;
      }
      if (table.dataset.chooseColumns !== undefined) chooseColumns(table);
      count(table, here, table.tBodies[0].rows.length);
      shown += here;
      all += table.tBodies[0].rows.length;
    }
    const text = fill(status.dataset.text, shown, all);
    if (status.textContent !== text) status.textContent = text;
  }

  function chooseColumns(table) {
    const tokens = chosen(table.dataset.chooseColumns);
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, index) => {
      const hide = index > 0 && !fits(head, tokens);
      if (head.hidden === hide) return;
      head.hidden = hide;
      for (const row of table.tBodies[0].rows) row.cells[index].hidden = hide;
    });
  }

  function count(table, shown, all) {
    let place = table.caption.querySelector(".count");
    if (shown === all) {
      place?.remove();
      return;
    }
    if (!place) {
      place = document.createElement("span");
      place.className = "count";
      table.caption.append(" ", place);
    }
    place.textContent = fill(form.dataset.count, shown, all);
  }

  /* Sorting */

  const keyOf = (cell) => cell.dataset.value ?? cell.textContent.trim();

  function sort(table, index, down) {
    const body = table.tBodies[0];
    if (!first.has(table)) first.set(table, [...body.rows]);
    const rows = [...first.get(table)];
    if (index !== null) {
      const keys = new Map(rows.map((row) => [row, keyOf(row.cells[index])]));
      rows.sort((a, b) => order.compare(keys.get(a), keys.get(b)) * (down ? -1 : 1));
    }
    body.append(...rows);
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      if (place === index) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    if (index === null) sorted.delete(table.dataset.name);
    else sorted.set(table.dataset.name, `${index}${down ? "-" : ""}`);
  }

  function addButtons(table) {
    [...table.tHead.rows[0].cells].forEach((head, index) => {
      if (head.classList.contains("bar") || table.tBodies[0].rows.length < 2) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        sort(table, index, head.getAttribute("aria-sort") === "ascending");
        keep();
      });
    });
  }

  /* The address */

  function keep() {
    const values = new URLSearchParams();
    if (search.value) values.set("q", search.value);
    for (const select of selects) if (select.value !== "") values.set(select.name, select.value);
    if (open.checked) values.set("open", "1");
    if (sorted.size) values.set("sort", [...sorted].map((pair) => pair.join(":")).join(","));
    const query = values.toString();
    try {
      history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
    } catch {
      /* A browser that does not let a page of this kind have another address. */
    }
  }

  function restore() {
    const values = new URLSearchParams(location.search);
    search.value = values.get("q") ?? "";
    open.checked = values.get("open") === "1";
    for (const select of selects) {
      const value = values.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    const wanted = new Map((values.get("sort") ?? "").split(",").map((pair) => pair.split(":")));
    for (const table of sortable) {
      const [, index, down] = /^(\d+)(-?)$/.exec(wanted.get(table.dataset.name) ?? "") ?? [];
      const head = table.tHead.rows[0].cells[index];
      if (head?.querySelector("button.sort")) sort(table, Number(index), down === "-");
    }
    choose();
  }

  function clear() {
    search.value = "";
    open.checked = false;
    for (const select of selects) select.value = "";
    for (const table of sortable) if (sorted.has(table.dataset.name)) sort(table, null, false);
    choose();
    keep();
  }

  let waiting;
  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      choose();
      keep();
    }, 120);
  }

  /* What does not scroll need not be reached by the keyboard. */
  const scrolling = new ResizeObserver((entries) => {
    for (const { target: { parentElement: box } } of entries) {
      if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  });

  for (const table of sortable) addButtons(table);
  for (const inner of document.querySelectorAll(".wide > *")) scrolling.observe(inner);
  form.addEventListener("input", later);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  /* A link to a row that is not to be seen shows it. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && document.getElementById(link.hash.slice(1))?.hidden) clear();
  });
  form.hidden = false;
  restore();
})();
