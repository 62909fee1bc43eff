const toTheMinute = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
const formats = {
  minutes: new Intl.DateTimeFormat(undefined, toTheMinute),
  seconds: new Intl.DateTimeFormat(undefined, { ...toTheMinute, second: "2-digit" }),
  clock: new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  long: new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }),
};

// Shows every time below `root` in the user's time zone and format. The UTC time becomes the tooltip.
export function localTimes(root) {
  for (const time of root.querySelectorAll("time:not([title])")) {
    time.title = time.textContent;
    const at = new Date(time.dateTime);
    time.textContent = formats[formatOf(time, at, new Date())].format(at);
  }
}

function formatOf(time, at, now) {
  if ("clock" in time.dataset && at.toDateString() === now.toDateString()) return "clock";
  if (at.getFullYear() !== now.getFullYear()) return "long";
  return "seconds" in time.dataset || "clock" in time.dataset ? "seconds" : "minutes";
}
