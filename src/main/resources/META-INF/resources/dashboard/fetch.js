import { sessionEnded, sessionGoesOn } from "./session.js";

const PAUSE_AFTER_FAILURE = 2_000;

// Runs `work` at most once at a time and once per `pause`. A call during a run triggers one more run.
export function throttled(pause, work) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      let wait = pause;
      try {
        await work();
      } catch (failure) {
        console.debug(failure);
        again = true; // the server may be back by then
        wait = Math.max(pause, PAUSE_AFTER_FAILURE);
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    } while (again);
    running = false;
  };
}

// Shows addresses of the API as this browser sees them: a proxy may hide them from the server.
export function ownAddresses(root) {
  for (const shown of root.querySelectorAll("[data-api]")) {
    shown.textContent = new URL(shown.dataset.api, document.baseURI);
  }
}

export async function fetchHtml(url) {
  const response = await fetch(url, { headers: { Accept: "text/html" } });
  if (response.status === 401) sessionEnded();
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  sessionGoesOn();
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  ownAddresses(template.content);
  return template.content;
}
