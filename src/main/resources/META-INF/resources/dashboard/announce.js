const PAUSE = 3_000; // limits how often a screen reader speaks

const waiting = new Map();
let timer = null;

// Announces changed orders to screen readers, at most once per pause. `changes` are pairs of order number and status.
export function announce(changes) {
  changes.forEach(([name, status]) => waiting.set(name, status));
  if (waiting.size && !timer) timer = setTimeout(speak, PAUSE);
}

function speak() {
  const [[name, status]] = waiting;
  document.getElementById("announce").textContent =
    waiting.size === 1 ? `Order ${name}: ${status.toLowerCase()}.` : `${waiting.size} orders changed.`;
  waiting.clear();
  timer = null;
}

// Announces a sentence at once.
export function say(sentence) {
  document.getElementById("announce").textContent = sentence;
}
