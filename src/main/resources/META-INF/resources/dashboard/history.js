import { fetchHtml, throttled } from "./fetch.js";
import { localTimes } from "./times.js";

const PAUSE = 250;

// Refreshes the history inside `place` when its order changes.
export function keepHistoryFresh(place, caughtUp) {
  const shown = () => place.querySelector("[data-history]");
  const refresh = throttled(PAUSE, async () => {
    const id = place.dataset.order ?? shown()?.dataset.history;
    if (id) await show(place, id);
    caughtUp?.();
  });
  return {
    refresh,
    changed(rows) {
      const history = shown();
      const row = rows.find((one) => one.dataset.orderId === history?.dataset.history);
      if (row && Number(row.dataset.version) > Number(history.dataset.version)) refresh();
    },
  };
}

async function show(place, id) {
  const fragment = await fetchHtml(`dashboard/orders/${id}`);
  if (place.dataset.order && place.dataset.order !== id) return; // another order was opened meanwhile
  localTimes(fragment);
  const focused = place.contains(document.activeElement) && document.activeElement.id;
  const scrolled = place.scrollTop;
  const asking = place.querySelector("details[open]")?.id;
  if (asking) fragment.getElementById(asking)?.setAttribute("open", "");
  place.replaceChildren(fragment);
  place.scrollTop = scrolled;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

// The history panel beside the table. The handling cell of a row opens it.
export class HistoryPanel {
  #dialog;
  #place;
  #kept;

  constructor(dialog) {
    this.#dialog = dialog;
    this.#place = dialog.querySelector(".content");
    this.#kept = keepHistoryFresh(this.#place);
    document.addEventListener("click", (event) => this.#clicked(event));
    dialog.addEventListener("close", () => this.#closed());
  }

  refresh() {
    if (this.#dialog.open) this.#kept.refresh();
  }

  changed(rows) {
    if (this.#dialog.open) this.#kept.changed(rows);
  }

  #clicked(event) {
    const link = event.target.closest("[data-testid=history]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && plain) {
      event.preventDefault();
      this.#open(link);
    } else if (event.target === this.#dialog || event.target.closest("#panel .close")) {
      this.#dialog.close();
    }
  }

  async #open(link) {
    const id = link.closest("[data-order-id]").dataset.orderId;
    this.#place.dataset.order = id;
    try {
      await show(this.#place, id);
    } catch {
      location.href = link.href; // the full page explains the error
      return;
    }
    this.#place.scrollTop = 0;
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#kept.refresh(); // catch up with earlier changes
    this.#place.querySelector("h2")?.focus();
  }

  // Returns the focus. The browser cannot do it if the row was replaced meanwhile.
  #closed() {
    const row = document.querySelector(`#orders [data-order-id="${this.#place.dataset.order}"]`);
    row?.querySelector("[data-testid=history]").focus({ preventScroll: true });
    this.#place.replaceChildren();
    this.#dialog.querySelector("[data-flash]").replaceChildren();
    delete this.#place.dataset.order;
  }
}
