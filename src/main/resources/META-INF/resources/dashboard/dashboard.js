// The live part of the dashboard. Without it every page, link and form does the same work, only F5 is needed.
import { LiveStream } from "./stream.js";
import { OrderTable } from "./table.js";
import { HistoryPanel, keepHistoryFresh } from "./history.js";
import { Selection } from "./selection.js";
import { sendInPlace } from "./forms.js";
import { localTimes } from "./times.js";

localTimes(document);

const selection = new Selection();
const table = document.getElementById("orders") && new OrderTable(selection);
const panel = document.getElementById("panel") && new HistoryPanel(document.getElementById("panel"));
const page = document.querySelector(".page [data-history]") && keepHistoryFresh(document.querySelector(".page"));

const stream = new LiveStream("/dashboard/events", {
  refresh: () => {
    table?.refresh();
    panel?.refresh();
    page?.refresh();
  },
  rows: (html) => {
    const rows = parsed(html);
    table?.apply(rows);
    panel?.changed(rows);
    page?.changed(rows);
  },
  counts: (json) => {
    for (const [status, count] of Object.entries(JSON.parse(json))) {
      const shown = document.querySelector(`[data-count="${status}"]`);
      if (shown) shown.textContent = count;
    }
  },
});

sendInPlace({
  sent: (form) => form.id === "handle" && selection.clear(),
  done: () => selection.update(),
  table,
  live: () => stream.live,
});

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  localTimes(template.content);
  return [...template.content.querySelectorAll("tr")];
}
