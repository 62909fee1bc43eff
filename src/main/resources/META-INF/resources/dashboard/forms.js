import { sessionEnded, sessionGoesOn } from "./session.js";

const SUCCESS_SHOWN_FOR = 8_000;
const PERHAPS_DONE = "Your change may have been made all the same. Check the orders before you try again.";

// Submits forms without leaving the page. The server responds as usual, with a redirect; only the message of the
// resulting page is used. Rows change through the live stream.
export function sendInPlace({ sent, done, table, live }) {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    // The preview of matching orders and the logout are pages.
    if (form.method !== "post" || form.elements.matching || "leaves" in form.dataset) return;
    event.preventDefault();
    const buttons = [...document.querySelectorAll("button")].filter((button) => button.form === form);
    const body = new URLSearchParams(new FormData(form));
    // A form in the panel shows its message there. Looked up now because the form may be gone when the response
    // arrives.
    const place = (form.closest("dialog") ?? document).querySelector("[data-flash]");
    buttons.forEach((button) => (button.disabled = true));
    try {
      const response = await fetch(form.action, { method: "POST", body });
      const message = response.ok && messageIn(await response.text());
      if (message) {
        sessionGoesOn();
        show(place, message);
        sent(form);
        if (!live()) table?.refresh();
      } else {
        if (response.status === 401) sessionEnded();
        showError(place, await explained(response));
      }
    } catch (failure) {
      console.debug(failure);
      showError(place, `The connection to Sluice was lost. ${PERHAPS_DONE}`);
    } finally {
      buttons.forEach((button) => (button.disabled = false));
      done();
    }
  });
}

const messageIn = (page) => new DOMParser().parseFromString(page, "text/html").querySelector("#flash .flash");

// Why the response has no message. Sluice explains its errors; a proxy before it may answer anything.
async function explained(response) {
  if (response.headers.get("Content-Type")?.includes("problem+json")) {
    const { detail } = await response.json();
    return response.status < 500 ? `${detail} Nothing was changed.` : `${detail} ${PERHAPS_DONE}`;
  }
  if (response.status >= 500) return `Sluice cannot be reached at the moment (error ${response.status}). ${PERHAPS_DONE}`;
  return `The request was not accepted (status ${response.status}). Reload the page, sign in again if you are asked to, and check the orders.`;
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
