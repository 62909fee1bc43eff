// A SharedWorker: one connection for all tabs of a browser, which opens only six to a host over HTTP/1.1.
import { Connection } from "./connection.js";

const STATE = ["counts", "partners", "batches"]; // events that replace what a page shows
const pages = new Set();
const latest = new Map();

const connection = new Connection(
  (name, data) => {
    if (STATE.includes(name)) latest.set(name, data);
    pages.forEach((page) => page.postMessage({ name, data }));
  },
  () => pages.forEach((page) => page.postMessage({ name: "lost" })),
);

self.onconnect = ({ ports: [page] }) => {
  page.onmessage = ({ data }) => (data === "join" ? join(page) : leave(page));
};

// The server tells a new connection to refresh. A page that joins later is told here.
function join(page) {
  pages.add(page);
  if (!connection.opened) {
    connection.open();
  } else if (connection.up) {
    page.postMessage({ name: "refresh" });
    latest.forEach((data, name) => page.postMessage({ name, data }));
  } else {
    page.postMessage({ name: "lost" });
  }
}

function leave(page) {
  pages.delete(page);
  if (pages.size) return;
  connection.close();
  latest.clear();
}
