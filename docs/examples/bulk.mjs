// Sends many orders, one on each line of a file: node bulk.mjs orders.ndjson
import { createReadStream } from 'node:fs';
import { request } from 'node:http';
import { createInterface } from 'node:readline';

const api = 'http://127.0.0.1:8080/api';
const file = process.argv[2] ?? 'orders.ndjson';

// Not fetch: it gives no answers before all lines are sent.
const sending = request(`${api}/orders/bulk`, { method: 'POST', headers: { 'Content-Type': 'application/x-ndjson' } });
sending.on('response', async (answers) => {
  if (answers.statusCode !== 200) return answers.pipe(process.stderr);
  for await (const line of createInterface({ input: answers })) {
    const answer = JSON.parse(line);
    console.log(answer.line, answer.status, answer.id ?? answer.problem.detail);
  }
});
createReadStream(file).pipe(sending);
