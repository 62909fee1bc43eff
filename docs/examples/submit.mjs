// Submits an order and waits until it has ended: node submit.mjs 4711
const api = 'http://127.0.0.1:8080/api';
const number = process.argv[2] ?? '4711';

/** The answer. Tries again while the service is unavailable. */
async function call(path, options) {
  for (;;) {
    // No answer: the key makes it safe to send the order again.
    const answer = await fetch(api + path, options).catch(() => undefined);
    if (answer?.ok || answer?.status === 304) return answer;
    const wait = answer ? Number(answer.headers.get('Retry-After')) : 1;
    if (!wait) throw new Error(await answer.text()); // a problem: says what is wrong
    await new Promise((resolve) => setTimeout(resolve, wait * 1000));
  }
}

const created = await call('/orders', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `order-${number}` },
  body: JSON.stringify({
    channel: 'webshop',
    externalId: number,
    customer: { name: 'Ada Lovelace' },
    shipTo: { name: 'Ada Lovelace', street: 'Hauptstr. 1', city: 'Berlin', postalCode: '10117', country: 'DE' },
    currency: 'EUR',
    lines: [{ sku: 'MUG-350', title: 'Enamel mug', quantity: 2, unitPrice: '12.50' }],
  }),
});
let order = await created.json();
while (!['HANDLED', 'FAILED', 'CANCELLED'].includes(order.status)) {
  // The answer comes when the order has changed, after 30 seconds at the latest.
  const headers = { Prefer: 'wait=30', 'If-None-Match': `W/"${order.version}"` };
  const changed = await call(`/orders/${order.id}`, { headers });
  if (changed.status === 200) order = await changed.json();
}
console.log(order.id, order.status);
