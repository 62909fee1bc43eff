const toTheMinute = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
const formats = {
  minutes: new Intl.DateTimeFormat(undefined, toTheMinute),
  seconds: new Intl.DateTimeFormat(undefined, { ...toTheMinute, second: "2-digit" }),
  long: new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }),
};

// Puts every time below `root` into the reader's own zone and habit; the server's UTC stays as the tooltip.
export function localTimes(root) {
  for (const time of root.querySelectorAll("time:not([title])")) {
    time.title = time.textContent;
    const at = new Date(time.dateTime);
    const thisYear = at.getFullYear() === new Date().getFullYear();
    time.textContent = formats[!thisYear ? "long" : "seconds" in time.dataset ? "seconds" : "minutes"].format(at);
  }
}
