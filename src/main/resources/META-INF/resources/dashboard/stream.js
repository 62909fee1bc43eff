import { Connection } from "./connection.js";
import { checkSession } from "./session.js";

const STALE_AFTER = 2_000; // a faster reconnect is not shown
const DEAD_AFTER = 30_000; // the worker is gone, or the computer was asleep

// The live events of a page. All visible pages of a browser share one connection, and a hidden page leaves it at once:
// six connections would be all that the browser opens to a host.
export class LiveStream {
  #handlers;
  #leave = null;
  #connected = false;
  #lastHeard;
  #staleTimer = null;
  live = false;

  constructor(handlers) {
    this.#handlers = handlers;
    document.addEventListener("visibilitychange", () => this.#joinIfVisible());
    addEventListener("pagehide", () => this.#rest());
    addEventListener("pageshow", (event) => event.persisted && this.#joinIfVisible());
    setInterval(() => this.#check(), 1_000);
    this.#joinIfVisible();
  }

  // Called once the page has fetched what it may have missed. From then on it is live.
  caughtUp() {
    if (this.#connected) this.#show(true);
  }

  #joinIfVisible() {
    if (document.hidden) this.#rest();
    else if (!this.#leave) this.#join();
  }

  #join() {
    this.#lastHeard = Date.now();
    // Chrome for Android has no shared workers.
    this.#leave = "SharedWorker" in window ? this.#joinShared() : this.#connectAlone();
  }

  #rest() {
    this.#leave?.();
    this.#leave = null;
    this.#connected = false;
    this.#keepBadge();
  }

  #joinShared() {
    const worker = new SharedWorker(new URL("shared-connection.js", import.meta.url), { type: "module" });
    worker.port.onmessage = ({ data: { name, data } }) => (name === "lost" ? this.#lost() : this.#heard(name, data));
    worker.port.postMessage("join");
    const leave = () => worker.port.postMessage("leave");
    worker.onerror = () => {
      if (this.#leave === leave) this.#leave = this.#connectAlone();
    };
    return leave;
  }

  #connectAlone() {
    const connection = new Connection(
      (name, data) => this.#heard(name, data),
      () => this.#lost(),
    );
    connection.open();
    return () => connection.close();
  }

  #heard(name, data) {
    if (!this.#leave) return; // was under way when the page was hidden
    this.#connected = true;
    this.#lastHeard = Date.now();
    this.#keepBadge();
    this.#handlers[name]?.(data);
  }

  #lost() {
    this.#connected = false;
    this.#staleTimer ??= setTimeout(() => {
      this.#show(false);
      checkSession().catch(console.debug); // the server may be away
    }, STALE_AFTER);
  }

  #check() {
    if (!this.#leave || Date.now() - this.#lastHeard < DEAD_AFTER) return;
    this.#lost();
    this.#leave();
    this.#join();
  }

  #keepBadge() {
    clearTimeout(this.#staleTimer);
    this.#staleTimer = null;
  }

  #show(live) {
    this.live = live;
    document.getElementById("live").hidden = !live;
    document.getElementById("stale").hidden = live;
  }
}
