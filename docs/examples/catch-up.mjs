// Lists the orders that have changed since the last call, or since a time: node catch-up.mjs 2026-01-31T00:00:00Z
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const api = 'http://127.0.0.1:8080/api';
const since = process.argv[2] ?? '2026-01-31T00:00:00Z';
const file = 'cursor.txt';

for (let more = true; more; ) {
  const query = new URLSearchParams({ updatedSince: since, limit: 200 });
  if (existsSync(file)) query.set('cursor', readFileSync(file, 'utf8'));
  const answer = await fetch(`${api}/orders?${query}`);
  if (answer.status === 410) {
    rmSync(file); // the cursor is not known any more
    continue;
  }
  if (!answer.ok) throw new Error(await answer.text());
  const page = await answer.json();
  for (const order of page.items) console.log(order.id, order.status);
  writeFileSync(file, page.nextCursor); // only once the page has been worked on
  more = page.more;
}
