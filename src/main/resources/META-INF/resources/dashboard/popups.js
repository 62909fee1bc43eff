const opened = () => [...document.querySelectorAll("details.ask[open]")];

// Closes pop-ups with Esc and with a click elsewhere.
export function closePopups() {
  document.addEventListener("keydown", (event) => {
    const popup = opened().at(-1);
    if (event.key !== "Escape" || !popup) return;
    event.preventDefault(); // keeps the panel open that the pop-up belongs to
    popup.open = false;
    popup.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    opened().forEach((popup) => (popup.open &&= popup.contains(event.target)));
  });
}
