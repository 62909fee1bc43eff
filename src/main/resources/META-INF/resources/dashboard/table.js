import { announce } from "./announce.js";
import { fetchHtml, throttled } from "./fetch.js";
import { localTimes } from "./times.js";

const REFRESH_PAUSE = 1_000;

// The order table. Rows arrive rendered, from the page, a push or a fetch. The higher version wins.
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

  // Applies rows of changed orders.
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

  // Replaces the table with the stored state, then reapplies the rows pushed during the fetch.
  async #catchUp() {
    this.#pushedWhileFetching = [];
    try {
      const fragment = await fetchHtml("dashboard/table" + location.search);
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

  // Inserts or updates a row if it belongs to this page. Returns whether it is shown.
  #place(row) {
    const known = this.#row(row.dataset.orderId);
    if (known) return this.#replace(known, row);
    if (!this.#section.matches("[data-newest=true]") || !this.#fits(row)) return false;
    if (this.#section.dataset.search || !this.#body) {
      // Only the server can match the search text and render an empty table.
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
    // A row that no longer matches the filter stays, marked, until the next load. The user sees the result of an
    // action, and other rows do not move under the pointer.
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
    if (!below && (full || more)) return false; // belongs to an older page
    flash(row);
    this.#body.insertBefore(row, below ?? null);
    if (full) this.#trim();
    return true;
  }

  // The next page starts where this one now ends, so that removed rows appear there.
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
    this.#pill.textContent = `Show ${count} new or changed ${count === 1 ? "order" : "orders"}`;
  }
}

const version = (row) => Number(row.dataset.version);
const status = (row) => row.querySelector("[data-status]").dataset.status;

function flash(row) {
  row.classList.add("changed");
  row.addEventListener("animationend", () => row.classList.remove("changed"), { once: true });
}

// Describes the focused control in a way that survives replacing the row.
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
