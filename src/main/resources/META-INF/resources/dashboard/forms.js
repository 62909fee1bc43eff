const GOOD_NEWS_STAYS = 8_000;

// Sends the page's own forms without leaving it. The server does what it always does, redirect and all; of the page
// that comes back only the message is taken, because rows change by themselves.
export function sendInPlace({ sent, done, table, live }) {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || form.elements.matching) return; // what all that match are is told on a page first
    event.preventDefault();
    const buttons = [...document.querySelectorAll("button")].filter((button) => button.form === form);
    const body = new URLSearchParams(new FormData(form));
    // In the panel, if the form stands there: what is behind it cannot be seen well. Asked now, for the form may be gone
    // by the time the answer comes.
    const place = (form.closest("dialog") ?? document).querySelector("[data-flash]");
    buttons.forEach((button) => (button.disabled = true));
    try {
      const response = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const message = page.querySelector("#flash .flash");
      if (!response.ok || !message) throw new Error(`The server answered ${response.status}.`);
      tell(place, message);
      sent(form);
      if (!live()) table?.refresh();
    } catch (failure) {
      complain(place, `That did not go through: ${failure.message} Nothing was changed, or not all of it; please look before trying again.`);
    } finally {
      buttons.forEach((button) => (button.disabled = false));
      done();
    }
  });
}

function complain(place, text) {
  const box = document.createElement("div");
  box.className = "flash bad";
  box.setAttribute("role", "alert");
  box.append(document.createElement("p"));
  box.firstChild.textContent = text;
  tell(place, box);
}

function tell(place, box) {
  const close = document.createElement("button");
  close.className = "close";
  close.textContent = "✕";
  close.setAttribute("aria-label", "Dismiss");
  close.addEventListener("click", () => box.remove());
  box.append(close);
  place.replaceChildren(box);
  if (box.classList.contains("good")) setTimeout(() => box.remove(), GOOD_NEWS_STAYS);
}
