// Changes `old` to match `fresh` and touches only what differs. This preserves the focus, open details and clicks in
// progress.
export function morph(old, fresh) {
  if (old.nodeName !== fresh.nodeName || key(old) !== key(fresh)) {
    old.replaceWith(fresh);
  } else if (old.nodeType === Node.ELEMENT_NODE) {
    attributes(old, fresh);
    children(old, fresh);
  } else if (old.data !== fresh.data) {
    old.data = fresh.data;
  }
}

// The identity of an element. Elements with different keys are replaced.
const key = (node) => node.id || node.dataset?.batchId || node.dataset?.item;

const keptByThePage = (name) => name === "open" || name === "disabled";

function attributes(old, fresh) {
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !keptByThePage(name)) old.removeAttribute(name);
}

function children(old, fresh) {
  const wanted = [...fresh.childNodes];
  const present = [...old.childNodes];
  present.slice(wanted.length).forEach((node) => node.remove());
  wanted.forEach((node, i) => (i < present.length ? morph(present[i], node) : old.append(node)));
}
