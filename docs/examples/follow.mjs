// Follows the orders of a channel, and goes on after the last event when the connection breaks: node follow.mjs webshop
// Needs `npm install eventsource`. Browsers have EventSource built in: there, leave the import out.
import { EventSource } from 'eventsource';

const api = 'http://127.0.0.1:8080/api';
const channel = process.argv[2] ?? 'webshop';

const stream = new EventSource(`${api}/events?channel=${encodeURIComponent(channel)}`);
stream.addEventListener('order', (event) => console.log(event.lastEventId, event.data));
stream.addEventListener('resync', () => console.log('Events may have been missed: read the orders again.'));
stream.addEventListener('error', () => console.error('The connection broke. It is opened again.'));
