/** Server-Sent Events (WHATWG HTML, section 9.2): their text and the connections that carry it. */
package io.sluice.sse;
