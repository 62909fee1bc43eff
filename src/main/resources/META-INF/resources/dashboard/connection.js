const EVENTS = ["refresh", "rows", "counts", "partners", "batches", "batch"];
const SILENT_AFTER = 13_000; // three missed heartbeats of 4 s each: the connection is dead
const RETRY_AFTER = 2_000; // after the browser has stopped retrying

// The event stream of the server. Reconnects, and detects a dead connection. `heard` receives the name and the data of
// each event, `lost` is called when the connection is gone.
export class Connection {
  #heard;
  #lost;
  #source = null;
  #watch;
  #lastHeard;

  constructor(heard, lost) {
    this.#heard = heard;
    this.#lost = lost;
  }

  open() {
    this.close();
    this.#lastHeard = Date.now();
    this.#source = new EventSource(new URL("events", import.meta.url));
    this.#source.addEventListener("error", () => this.#lost());
    for (const name of EVENTS) {
      this.#source.addEventListener(name, ({ data }) => {
        this.#lastHeard = Date.now();
        this.#heard(name, data);
      });
    }
    this.#watch = setInterval(() => this.#check(), 1_000);
  }

  close() {
    clearInterval(this.#watch);
    this.#source?.close();
    this.#source = null;
  }

  get opened() {
    return this.#source !== null;
  }

  get up() {
    return this.#source?.readyState === EventSource.OPEN;
  }

  #check() {
    const silence = Date.now() - this.#lastHeard;
    const stopped = this.#source.readyState === EventSource.CLOSED && silence > RETRY_AFTER;
    if (stopped || silence > SILENT_AFTER) {
      this.#lost();
      this.open();
    }
  }
}
