import { announce } from "./announce.js";
import { fetchHtml, throttled } from "./fetch.js";
import { morph } from "./morph.js";
import { localTimes } from "./times.js";

const REFRESH_PAUSE = 1_000;
const MAX_ASKED = 150; // ids that fit an address

// A finger does not rest on a row.
const pointer = matchMedia("(hover: hover)");

// The order table. Rows arrive rendered, from the page, a push or a fetch. The higher version wins.
//
// Rows keep their places while orders are selected or the pointer is over them: else a new order would put another row
// under the pointer. New orders are counted meanwhile, and shown afterwards or on demand.
export class OrderTable {
  #selection;
  #caughtUp;
  #pushedWhileFetching = null;
  #arrived = new Set();
  #held = false;
  #moveNow = false;
  #pill = document.getElementById("arrived");

  constructor(selection, caughtUp) {
    this.#selection = selection;
    this.#caughtUp = caughtUp;
    this.refresh = throttled(REFRESH_PAUSE, () => this.#catchUp());
    this.#pill.addEventListener("click", () => {
      this.#moveNow = true;
      this.refresh();
      this.#section.scrollIntoView({ block: "nearest" });
    });
    document.addEventListener("selection", () => this.#release());
    for (const move of ["mouseover", "mouseleave"]) {
      document.documentElement.addEventListener(move, () => this.#release());
    }
  }

  // Applies rows of changed orders.
  apply(rows) {
    this.#pushedWhileFetching?.push(...rows);
    rows.forEach((row) => this.#selection.changed(row));
    const shown = rows.filter((row) => this.#place(row.cloneNode(true)));
    announce(shown.map((row) => [row.querySelector(".order b").textContent, status(row)]));
    this.#selection.update();
  }

  get #section() {
    return document.getElementById("orders");
  }

  get #body() {
    return this.#section.querySelector("tbody");
  }

  get #still() {
    return !this.#moveNow && (!this.#selection.empty || (pointer.matches && this.#body?.matches(":hover")));
  }

  // Shows the new orders once rows may move.
  #release() {
    if (this.#held && !this.#still) this.refresh();
  }

  // Shows the stored state, then reapplies the rows pushed during the fetch.
  async #catchUp() {
    this.#pushedWhileFetching = [];
    try {
      const fresh = (await fetched("dashboard/table" + location.search)).getElementById("orders");
      const others = await this.#rowsMissingIn(fresh);
      others.forEach((row) => this.#selection.changed(row));
      if (this.#still && this.#body) this.#update(fresh, others);
      else this.#swap(fresh);
      this.#pushedWhileFetching.forEach((row) => this.#place(row.cloneNode(true)));
    } finally {
      this.#pushedWhileFetching = null;
    }
    this.#showArrived();
    this.#selection.update();
    this.#caughtUp();
  }

  // The rows of this page and of selected orders that the fetched table does not have.
  async #rowsMissingIn(fresh) {
    const ids = new Set([...this.#rows.map((row) => row.dataset.orderId), ...this.#selection.elsewhere]);
    const missing = [...ids].filter((id) => !fresh.querySelector(`[data-order-id="${id}"]`)).slice(0, MAX_ASKED);
    if (!missing.length) return [];
    return [...(await fetched(`dashboard/rows?${missing.map((id) => `id=${id}`).join("&")}`)).querySelectorAll("tr")];
  }

  // Updates the rows where they are.
  #update(fresh, others) {
    const last = this.#rows.at(-1).dataset.key;
    for (const row of [...fresh.querySelectorAll("[data-order-id]"), ...others]) {
      const known = this.#row(row.dataset.orderId);
      if (known) this.#replace(known, row);
      else if (!others.includes(row) && row.dataset.key > last) this.#hold(row);
    }
  }

  #swap(fresh) {
    const focus = focusIn(this.#section);
    for (const row of fresh.querySelectorAll("[data-order-id]")) {
      const known = this.#row(row.dataset.orderId);
      if (known && version(known) > version(row)) row.replaceWith(known.cloneNode(true));
    }
    this.#section.replaceWith(fresh);
    this.#arrived.clear();
    this.#held = false;
    this.#moveNow = false;
    this.#selection.update();
    refocus(this.#section, focus);
  }

  // Inserts or updates a row if it belongs to this page. Returns whether it is shown.
  #place(row) {
    const known = this.#row(row.dataset.orderId);
    if (known) return this.#replace(known, row);
    if (!this.#section.matches("[data-newest=true]") || !this.#fits(row)) return false;
    if (!this.#body) {
      this.refresh(); // only the server can render the first row
      return false;
    }
    if (this.#section.dataset.search) {
      this.#arrived.add(row.dataset.orderId); // only the server can match text, step, reason and country
      this.#showArrived();
      return false;
    }
    return this.#insert(row);
  }

  #replace(known, row) {
    if (version(known) >= version(row)) return false;
    const focus = focusIn(known);
    // A row that no longer matches the filter stays, marked, until the next load. The user sees the result of an
    // action, and other rows do not move under the pointer.
    row.classList.toggle("left", !this.#fits(row));
    morph(known, row); // a click in progress is not lost
    flash(known);
    refocus(known, focus);
    return true;
  }

  #insert(row) {
    const rows = this.#rows;
    const below = rows.find((other) => other.dataset.key < row.dataset.key);
    const full = rows.length >= this.#section.dataset.limit;
    const more = this.#section.querySelector("[data-older]");
    if (!below && (full || more)) return false; // belongs to an older page
    if (below && this.#still) {
      this.#hold(row);
      this.#showArrived();
      return false;
    }
    flash(row);
    this.#body.insertBefore(row, below ?? null);
    if (full) this.#trim();
    return true;
  }

  #hold(row) {
    this.#held = true;
    this.#arrived.add(row.dataset.orderId);
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

  get #rows() {
    return this.#body ? [...this.#body.rows] : [];
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

async function fetched(url) {
  const fragment = await fetchHtml(url);
  localTimes(fragment);
  return fragment;
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
