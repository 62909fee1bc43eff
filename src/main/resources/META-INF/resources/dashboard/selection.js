import { fetchHtml } from "./fetch.js";

const KEPT = "sluice-selection";

// The selected orders. An order stays selected when its row leaves the page, and on other pages of this tab.
export class Selection {
  #handle = document.querySelector("[data-testid=handle]");
  #selected = new Map(kept()); // sort keys by order id
  #offer = 0;

  constructor() {
    this.#boxes.filter((box) => box.checked && !this.#matching).forEach((box) => this.#set(box, true));
    document.addEventListener("change", (event) => {
      if (event.target.matches("[data-testid=select-all]")) this.#changed(this.#boxes, event.target.checked);
      else if (event.target.matches("#orders input[name=orderId]")) this.#changed([event.target], event.target.checked);
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-testid=select-all-matching], [data-clear]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (link.matches("[data-clear]")) this.clear();
      else this.#showMatching("matching").catch(() => (location.href = link.href));
    });
    // The form has only the boxes of this page, and the server takes at most 1,000 fields.
    document.getElementById("handle").addEventListener("formdata", ({ formData }) => {
      formData.delete("orderId");
      if (this.#selected.size) formData.set("orderIds", this.#inTableOrder.join(" "));
    });
    this.update();
  }

  get empty() {
    return this.#selected.size === 0 && !this.#matching;
  }

  // The selected orders whose rows are not on this page.
  get elsewhere() {
    const here = new Set(this.#boxes.map((box) => box.value));
    return [...this.#selected.keys()].filter((id) => !here.has(id));
  }

  // A row has changed. An order that can no longer be handled is no longer selected.
  changed(row) {
    if (!row.querySelector("input[name=orderId]")) this.#selected.delete(row.dataset.orderId);
  }

  clear() {
    this.#noMatching();
    this.#selected.clear();
    this.update();
    document.querySelector("[data-testid=select-all]")?.focus({ preventScroll: true });
  }

  // Shows the selection in the boxes and above the table.
  update() {
    const boxes = this.#boxes;
    const matching = this.#matching;
    if (matching) this.#selected.clear(); // exactly the matching orders are selected
    boxes.forEach((box) => (box.checked = Boolean(matching) || this.#selected.has(box.value)));
    const count = boxes.filter((box) => box.checked).length;
    this.#handle.disabled = this.empty;
    const text = document.getElementById("selected");
    text.textContent = this.#text(matching);
    text.hidden = document.querySelector("#matching p") && !this.elsewhere.length; // that line says it
    document.getElementById("clear").hidden = this.#selected.size === 0;
    const all = document.querySelector("[data-testid=select-all]");
    if (all) {
      all.disabled = boxes.length === 0;
      all.checked = count > 0 && count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
    }
    keep([...this.#selected]);
    document.dispatchEvent(new Event("selection"));
  }

  #text(matching) {
    if (matching) return `${matching.textContent} selected`;
    if (this.empty) return "None selected";
    const elsewhere = this.elsewhere.length;
    return `${this.#selected.size} selected` + (elsewhere ? `, ${elsewhere} not on this page` : "");
  }

  #changed(boxes, checked) {
    if (this.#matching) this.#boxes.forEach((box) => this.#set(box, true)); // of all orders, those on this page remain
    this.#noMatching();
    boxes.forEach((box) => this.#set(box, checked));
    this.update();
    if (checked && boxes.length > 1) this.#showMatching("true").catch(console.debug);
  }

  #set(box, checked) {
    if (checked) this.#selected.set(box.value, box.closest("tr").dataset.key);
    else this.#selected.delete(box.value);
  }

  get #inTableOrder() {
    return [...this.#selected].sort(([, a], [, b]) => (a < b ? 1 : -1)).map(([id]) => id);
  }

  // The server counts the orders on other pages and renders the line.
  async #showMatching(selectAll) {
    const offer = ++this.#offer;
    const query = new URLSearchParams(location.search);
    query.set("selectAll", selectAll);
    query.set("onPage", this.#boxes.filter((box) => box.checked).length);
    const fragment = await fetchHtml(`dashboard/matching?${query}`);
    if (offer !== this.#offer) return; // the selection has changed meanwhile
    document.getElementById("matching").replaceWith(fragment.getElementById("matching"));
    if (selectAll === "matching") document.querySelector("#matching a")?.focus({ preventScroll: true });
    this.update();
  }

  #noMatching() {
    this.#offer++;
    document.getElementById("matching").replaceChildren();
  }

  // How many orders match, if all of them are selected.
  get #matching() {
    return document.querySelector("#matching [data-total] b");
  }

  get #boxes() {
    return [...document.querySelectorAll("#orders input[name=orderId]")];
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return []; // storage is turned off
  }
}

function keep(selected) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(selected));
  } catch {
    // The selection then lasts as long as the page.
  }
}
