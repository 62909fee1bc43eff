const STALE_AFTER = 2_000; // a reconnect within this is nobody's business
const SILENT_AFTER = 13_000; // the server speaks every 4 s; three misses and the line is dead, whatever TCP says
const RETRY_AFTER = 2_000; // when the browser itself has given up
const REST_AFTER = 10_000; // hidden: a browser has six connections a host, and other tabs need them

// The connection to the server's events: kept up, watched, and given up while nobody looks.
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

  // Called when the page has fetched what it may have missed: from then on it shows what is so.
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
