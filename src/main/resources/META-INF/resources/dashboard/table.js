import { announce } from "./announce.js";
import { fetchHtml, throttled } from "./fetch.js";
import { localTimes } from "./times.js";

const REFRESH_PAUSE = 1_000;

// The table of orders. Rows arrive rendered, from the page, from a push or from a fetch; the higher version wins.
export class OrderTable {
  #selection;
  #caughtUp;
  #pushedWhileFetching = null;
  #arrived = new Set();
  #pill = document.getElementById("arrived");

  constructor(selection, caughtUp) {
    this.#selection = selection;
    this.#caughtUp = caughtUp;
    this.refresh = throttled(REFRESH_PAUSE, () => this.#catchUp());
    this.#pill.addEventListener("click", () => {
      this.refresh();
      this.#section.scrollIntoView({ block: "nearest" });
    });
  }

  // Takes in rows of orders that changed.
  apply(rows) {
    this.#pushedWhileFetching?.push(...rows);
    const shown = rows.filter((row) => this.#place(row));
    announce(shown.map((row) => [row.querySelector(".order b").textContent, status(row)]));
    this.#selection.update();
  }

  get #section() {
    return document.getElementById("orders");
  }

  get #body() {
    return this.#section.querySelector("tbody");
  }

  // Swaps in the stored state of this page's part of the table. What is pushed meanwhile is put on top of it again.
  async #catchUp() {
    this.#pushedWhileFetching = [];
    try {
      const fragment = await fetchHtml("/dashboard/table" + location.search);
      localTimes(fragment);
      this.#swap(fragment.getElementById("orders"));
      this.#pushedWhileFetching.forEach((row) => this.#place(row.cloneNode(true)));
    } finally {
      this.#pushedWhileFetching = null;
    }
    this.#arrived.clear();
    this.#showArrived();
    this.#selection.update();
    this.#caughtUp();
  }

  #swap(fresh) {
    const selected = this.#selection.ids;
    const focus = focusIn(this.#section);
    for (const row of fresh.querySelectorAll("[data-order-id]")) {
      const known = this.#row(row.dataset.orderId);
      if (known && version(known) > version(row)) row.replaceWith(known.cloneNode(true));
    }
    this.#section.replaceWith(fresh);
    this.#selection.restore(selected);
    refocus(this.#section, focus);
  }

  // Puts a row where it belongs, if it belongs here; says whether it shows.
  #place(row) {
    const known = this.#row(row.dataset.orderId);
    if (known) return this.#replace(known, row);
    if (!this.#section.matches("[data-newest=true]") || !this.#fits(row)) return false;
    if (this.#section.dataset.search || !this.#body) {
      // Only the server can tell whether it holds the text searched for, and how to begin a table.
      if (this.#section.dataset.search) this.#arrived.add(row.dataset.orderId);
      else this.refresh();
      this.#showArrived();
      return false;
    }
    return this.#insert(row);
  }

  #replace(known, row) {
    if (version(known) >= version(row)) return false;
    const focus = focusIn(known);
    const selected = known.querySelector("input")?.checked;
    // A row that left the filter stays until the next load, marked: the person who has just acted on it wants to see
    // what becomes of it, and rows that vanish move others under the pointer.
    row.classList.toggle("left", !this.#fits(row));
    flash(row);
    known.replaceWith(row);
    const box = row.querySelector("input");
    if (box) box.checked = selected;
    refocus(row, focus);
    return true;
  }

  #insert(row) {
    const rows = [...this.#body.rows];
    const below = rows.find((other) => other.dataset.key < row.dataset.key);
    const full = rows.length >= this.#section.dataset.limit;
    const more = this.#section.querySelector("[data-older]");
    if (!below && (full || more)) return false; // it belongs to an older page
    flash(row);
    this.#body.insertBefore(row, below ?? null);
    if (full) this.#trim();
    return true;
  }

  // The rows cut off must still be met on the next page, so that one starts where this one now ends.
  #trim() {
    while (this.#body.rows.length > this.#section.dataset.limit) this.#body.lastElementChild.remove();
    let older = this.#section.querySelector("[data-older]");
    if (!older) {
      this.refresh();
      return;
    }
    const url = new URL(older.href);
    url.searchParams.set("cursor", this.#body.lastElementChild.dataset.cursor);
    older.href = url;
  }

  #fits(row) {
    const { statuses, channel } = this.#section.dataset;
    return (!statuses || statuses.split(" ").includes(status(row))) && (!channel || channel === row.dataset.channel);
  }

  #row(id) {
    return this.#section.querySelector(`[data-order-id="${id}"]`);
  }

  #showArrived() {
    const count = this.#arrived.size;
    this.#pill.hidden = count === 0;
    this.#pill.textContent = `${count === 1 ? "1 order" : `${count} orders`} changed or arrived: refresh`;
  }
}

const version = (row) => Number(row.dataset.version);
const status = (row) => row.querySelector("[data-status]").dataset.status;

function flash(row) {
  row.classList.add("changed");
  row.addEventListener("animationend", () => row.classList.remove("changed"), { once: true });
}

// Where the focus is, told in a way that survives the replacement of the row.
function focusIn(within) {
  const focused = document.activeElement;
  if (!within.contains(focused)) return null;
  const id = focused.closest("[data-order-id]")?.dataset.orderId;
  const control = focused.matches("input") ? "input" : focused.matches("[data-testid=history]") ? "[data-testid=history]" : null;
  return control && { id, control };
}

function refocus(within, focus) {
  if (!focus) return;
  const row = focus.id ? within.closest("section").querySelector(`[data-order-id="${focus.id}"]`) : within.querySelector("thead");
  (row?.querySelector(focus.control) ?? row?.querySelector("[data-testid=history]"))?.focus({ preventScroll: true });
}
