// Which orders are selected, and what can be done with them. The rows' own checkboxes are the only memory of it.
export class Selection {
  #handle = document.querySelector("[data-testid=handle]");

  constructor() {
    document.addEventListener("change", (event) => {
      if (event.target.matches("[data-testid=select-all]")) this.#boxes.forEach((box) => (box.checked = event.target.checked));
      this.update();
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
    this.restore([]);
  }

  update() {
    if (!this.#handle) return;
    const boxes = this.#boxes;
    const count = this.ids.length;
    this.#handle.disabled = count === 0;
    document.getElementById("selected").textContent = count ? `${count} selected` : "None selected";
    const all = document.querySelector("[data-testid=select-all]");
    if (!all) return;
    all.disabled = boxes.length === 0;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  }

  get #boxes() {
    return [...document.querySelectorAll("#orders input[name=orderId]")];
  }
}
