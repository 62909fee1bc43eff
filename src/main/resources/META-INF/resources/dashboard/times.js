const minutes = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const seconds = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

// Puts every time below `root` into the reader's own zone and habit; the server's UTC stays as the tooltip.
export function localTimes(root) {
  for (const time of root.querySelectorAll("time:not([title])")) {
    time.title = time.textContent;
    time.textContent = ("seconds" in time.dataset ? seconds : minutes).format(new Date(time.dateTime));
  }
}
