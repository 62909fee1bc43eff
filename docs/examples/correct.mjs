// Corrects the postal code of an order that no one else has changed meanwhile: node correct.mjs 0192e6ba-… 10119
const api = 'http://127.0.0.1:8080/api';
const [id, postalCode] = process.argv.slice(2);

let answer;
do {
  const order = await fetch(`${api}/orders/${id}`);
  if (!order.ok) throw new Error(await order.text());
  answer = await fetch(`${api}/orders/${id}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': order.headers.get('ETag') },
    body: JSON.stringify({ shipTo: { postalCode } }),
  });
} while (answer.status === 412); // it has changed: read it again
if (!answer.ok) throw new Error(await answer.text());
const corrected = await answer.json();
console.log(corrected.id, corrected.shipTo.postalCode);
