// Reads a stream with fetch and the npm package eventsource-parser: node parser.mjs URL
import { setTimeout } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';

let lastId;
const parser = createParser({
  onEvent(event) {
    lastId = event.id;
    console.log(event.id, event.data);
  },
});
for (;;) {
  try {
    const answer = await fetch(process.argv[2], { headers: lastId ? { 'Last-Event-ID': lastId } : {} });
    const decoder = new TextDecoder();
    for await (const bytes of answer.body) parser.feed(decoder.decode(bytes, { stream: true }));
  } catch (broken) {
    console.error(broken.message);
  }
  parser.reset();
  await setTimeout(200);
}
