const SUCCESS_SHOWN_FOR = 8_000;

// Submits forms without leaving the page. The server responds as usual, with a redirect; only the message of the
// resulting page is used. Rows change through the live stream.
export function sendInPlace({ sent, done, table, live }) {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || form.elements.matching) return; // this form opens the preview page
    event.preventDefault();
    const buttons = [...document.querySelectorAll("button")].filter((button) => button.form === form);
    const body = new URLSearchParams(new FormData(form));
    // A form in the panel shows its message there. Looked up now because the form may be gone when the response
    // arrives.
    const place = (form.closest("dialog") ?? document).querySelector("[data-flash]");
    buttons.forEach((button) => (button.disabled = true));
    try {
      const response = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const message = page.querySelector("#flash .flash");
      if (!response.ok || !message) throw new Error(`The server answered ${response.status}.`);
      show(place, message);
      sent(form);
      if (!live()) table?.refresh();
    } catch (failure) {
      showError(place, `Request failed: ${failure.message} Some changes may have been made. Check the orders before you try again.`);
    } finally {
      buttons.forEach((button) => (button.disabled = false));
      done();
    }
  });
}

function showError(place, text) {
  const box = document.createElement("div");
  box.className = "flash bad";
  box.setAttribute("role", "alert");
  box.append(document.createElement("p"));
  box.firstChild.textContent = text;
  show(place, box);
}

function show(place, box) {
  const close = document.createElement("button");
  close.className = "close";
  close.textContent = "✕";
  close.setAttribute("aria-label", "Dismiss");
  close.addEventListener("click", () => box.remove());
  box.append(close);
  place.replaceChildren(box);
  if (box.classList.contains("good")) setTimeout(() => box.remove(), SUCCESS_SHOWN_FOR);
}
