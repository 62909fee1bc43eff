import { fetchHtml } from "./fetch.js";

// The selected orders. The checkboxes and the line for all matching orders hold the state; nothing else does.
export class Selection {
  #handle = document.querySelector("[data-testid=handle]");
  #offer = 0;

  constructor() {
    document.addEventListener("change", (event) => {
      if (event.target.matches("[data-testid=select-all]")) {
        this.#boxes.forEach((box) => (box.checked = event.target.checked));
        this.#noMatching();
        if (event.target.checked) this.#showMatching("true").catch(console.debug);
      } else if (event.target.matches("#orders input[name=orderId]")) {
        this.#noMatching();
      }
      this.update();
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-testid=select-all-matching], [data-clear]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (link.matches("[data-clear]")) this.clear();
      else this.#showMatching("matching").catch(() => (location.href = link.href));
    });
    this.update();
  }

  get ids() {
    return this.#boxes.filter((box) => box.checked).map((box) => box.value);
  }

  restore(ids) {
    this.#boxes.forEach((box) => (box.checked = ids.includes(box.value)));
    this.update();
  }

  clear() {
    this.#noMatching();
    this.restore([]);
    document.querySelector("[data-testid=select-all]")?.focus({ preventScroll: true });
  }

  update() {
    if (!this.#handle) return;
    const boxes = this.#boxes;
    const count = this.ids.length;
    const matching = document.querySelector("#matching [data-total] b")?.textContent;
    this.#handle.disabled = count === 0 && !matching;
    document.getElementById("selected").textContent = matching || count ? `${matching ?? count} selected` : "None selected";
    const all = document.querySelector("[data-testid=select-all]");
    if (!all) return;
    all.disabled = boxes.length === 0;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  }

  // The server counts the orders on other pages and renders the line.
  async #showMatching(selectAll) {
    const offer = ++this.#offer;
    const query = new URLSearchParams(location.search);
    query.set("selectAll", selectAll);
    query.set("onPage", this.ids.length);
    const fragment = await fetchHtml(`dashboard/matching?${query}`);
    if (offer !== this.#offer) return; // the selection has changed meanwhile
    document.getElementById("matching").replaceWith(fragment.getElementById("matching"));
    if (selectAll === "matching") document.querySelector("#matching a")?.focus({ preventScroll: true });
    this.update();
  }

  #noMatching() {
    this.#offer++;
    document.getElementById("matching").replaceChildren();
  }

  get #boxes() {
    return [...document.querySelectorAll("#orders input[name=orderId]")];
  }
}
