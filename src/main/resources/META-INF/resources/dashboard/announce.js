const PAUSE = 3_000; // a screen reader that is never silent is not listened to

const waiting = new Map();
let timer = null;

// Says which orders changed, politely and not too often; `changes` are pairs of name and status.
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

// Says a sentence at once.
export function say(sentence) {
  document.getElementById("announce").textContent = sentence;
}
