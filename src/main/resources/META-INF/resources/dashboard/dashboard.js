// The live part of the dashboard. Without it, all pages, links and forms still work; only F5 is needed.
import { showPartners } from "./banner.js";
import { keepFresh, showBatches } from "./batches.js";
import { ownAddresses } from "./fetch.js";
import { sendInPlace } from "./forms.js";
import { HistoryPanel, keepHistoryFresh } from "./history.js";
import { closePopups } from "./popups.js";
import { Selection } from "./selection.js";
import { LiveStream } from "./stream.js";
import { OrderTable } from "./table.js";
import { localTimes } from "./times.js";

localTimes(document);
ownAddresses(document);
closePopups();
document.addEventListener("submit", sending);
if (document.getElementById("orders")) tablePage();
else if (document.querySelector("[data-history]")) orderPage();
else if (document.querySelector("#batch, #batch-list")) batchPage();
else if (document.getElementById("partner-list")) partnerPage();
else if (document.getElementById("worker-list")) workerPage();

function tablePage() {
  const selection = new Selection();
  const table = new OrderTable(selection, () => stream.caughtUp());
  const panel = new HistoryPanel(document.getElementById("panel"));
  const stream = new LiveStream({
    refresh() {
      table.refresh();
      panel.refresh();
    },
    rows(html) {
      const rows = tableRows(html);
      table.apply(rows);
      panel.changed(rows);
    },
    counts(json) {
      for (const [status, count] of Object.entries(JSON.parse(json))) {
        const shown = document.querySelector(`[data-count="${status}"]`);
        if (shown) shown.textContent = count;
      }
    },
    partners,
    batches: (html) => showBatches(parsed(html).getElementById("batches")),
  });
  sendInPlace({
    sent(form) {
      form.closest(".ask")?.removeAttribute("open");
      if (form.id === "handle") selection.clear();
      panel.refresh();
    },
    done: () => selection.update(),
    table,
    live: () => stream.live,
  });
}

function orderPage() {
  const history = keepHistoryFresh(document.querySelector("main .content"), () => stream.caughtUp());
  const stream = new LiveStream({
    refresh: () => history.refresh(),
    rows: (html) => history.changed(tableRows(html)),
    counts() {},
    partners,
  });
  sendInPlace({ sent: () => history.refresh(), done() {}, live: () => stream.live });
}

function batchPage() {
  const page = keepFresh(() => stream.caughtUp());
  const stream = new LiveStream({
    refresh: () => page.refresh(),
    rows: (html) => page.rows(tableRows(html)),
    batch: (ids) => page.changed(ids),
    counts() {},
    partners,
  });
  sendInPlace({ sent: () => page.refresh(), done() {}, live: () => stream.live });
}

// The list of partners refreshes with every partner event.
function partnerPage() {
  const page = keepFresh(() => stream.caughtUp());
  const stream = new LiveStream({
    refresh: () => page.refresh(),
    rows() {},
    counts() {},
    partners: () => page.refresh(),
  });
  sendInPlace({ sent: () => page.refresh(), done() {}, live: () => stream.live });
}

// Workers make no events: the list refreshes with every heartbeat.
function workerPage() {
  const page = keepFresh(() => stream.caughtUp());
  const stream = new LiveStream({
    refresh: () => page.refresh(),
    rows() {},
    counts: () => page.refresh(),
    partners,
  });
}

// What takes a while says so on its button. Prevents a second click; not at once, because a disabled button is not sent.
function sending({ submitter }) {
  if (!submitter?.dataset.slow) return;
  submitter.textContent = submitter.dataset.slow;
  setTimeout(() => (submitter.disabled = true));
}

function partners(html) {
  showPartners(parsed(html).getElementById("partners"));
}

const tableRows = (html) => [...parsed(html).querySelectorAll("tr")];

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  localTimes(template.content);
  return template.content;
}
