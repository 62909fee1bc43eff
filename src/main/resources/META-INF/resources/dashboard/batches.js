import { say } from "./announce.js";
import { fetchHtml, throttled } from "./fetch.js";
import { morph } from "./morph.js";
import { localTimes } from "./times.js";

const PAUSE = 500;

// The address of this page, relative to the base of all addresses.
const here = () => (location.origin + location.pathname + location.search).slice(document.baseURI.length);

// Shows the progress of the batches above the table. Announces a batch only when it ends.
export function showBatches(fresh) {
  const shown = document.getElementById("batches");
  for (const batch of fresh.querySelectorAll("[data-batch-status]:not([data-batch-status=RUNNING])")) {
    const { batchId } = batch.dataset;
    if (shown.querySelector(`[data-batch-id="${batchId}"][data-batch-status=RUNNING]`)) {
      say(`Batch ${batch.querySelector(".badge").textContent.toLowerCase()}: ${batch.querySelector(".progress p").textContent}.`);
    }
  }
  morph(shown, fresh);
}

// Refreshes the live parts of a batch page.
export function keepFresh(caughtUp) {
  const refresh = throttled(PAUSE, async () => {
    const fragment = await fetchHtml(`dashboard/${here()}`);
    localTimes(fragment);
    [...fragment.children].forEach((part) => morph(document.getElementById(part.id), part));
    caughtUp();
  });
  return {
    refresh,
    // A batch changed: refresh if this page shows it, or if this page is the list.
    changed(ids) {
      const page = document.getElementById("batch");
      if (!page || ids.split(" ").includes(page.dataset.batchId)) refresh();
    },
    rows(rows) {
      if (rows.some((row) => document.querySelector(`[data-item="${row.dataset.orderId}"]`))) refresh();
    },
  };
}
