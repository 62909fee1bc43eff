const STALE_AFTER = 2_000; // a faster reconnect is not shown
const SILENT_AFTER = 13_000; // three missed heartbeats of 4 s each: the connection is dead
const RETRY_AFTER = 2_000; // after the browser has stopped retrying
const REST_AFTER = 10_000; // closes the stream of a hidden tab; a browser allows six connections per host

// The event stream: reconnects, detects a dead connection, and pauses in hidden tabs.
export class LiveStream {
  #url;
  #handlers;
  #source;
  #lastHeard = Date.now();
  #staleTimer;
  #restTimer;
  live = false;

  constructor(url, handlers) {
    this.#url = url;
    this.#handlers = handlers;
    this.#open();
    setInterval(() => this.#watch(), 1_000);
    document.addEventListener("visibilitychange", () => this.#lookedAt(!document.hidden));
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", (event) => event.persisted && this.#open());
  }

  #open() {
    this.#close();
    this.#lastHeard = Date.now();
    this.#source = new EventSource(this.#url);
    this.#source.addEventListener("error", () => this.#lost());
    for (const [name, handle] of Object.entries(this.#handlers)) {
      this.#source.addEventListener(name, (event) => {
        this.#heard();
        handle(event.data);
      });
    }
  }

  #close() {
    this.#source?.close();
    this.#source = null;
  }

  #heard() {
    this.#lastHeard = Date.now();
    clearTimeout(this.#staleTimer);
    this.#staleTimer = null;
  }

  // Called once the page has fetched what it may have missed. From then on it is live.
  caughtUp() {
    if (this.#source?.readyState === EventSource.OPEN) this.#show(true);
  }

  #lost() {
    this.#staleTimer ??= setTimeout(() => this.#show(false), STALE_AFTER);
  }

  #watch() {
    const silence = Date.now() - this.#lastHeard;
    if (!this.#source) return;
    if (this.#source.readyState === EventSource.CLOSED && silence > RETRY_AFTER) {
      this.#lost();
      this.#open();
    } else if (silence > SILENT_AFTER) {
      this.#show(false);
      this.#open();
    }
  }

  #lookedAt(visible) {
    clearTimeout(this.#restTimer);
    if (!visible) {
      this.#restTimer = setTimeout(() => this.#close(), REST_AFTER);
    } else if (!this.#source) {
      this.#open();
    }
  }

  #show(live) {
    this.live = live;
    document.getElementById("live").hidden = !live;
    document.getElementById("stale").hidden = live;
  }
}
