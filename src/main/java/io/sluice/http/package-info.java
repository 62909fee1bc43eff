/**
 * Shared by all HTTP resources: errors as problem details (RFC 9457), the reading of JSON bodies, query parameters and
 * headers, and the checks of every request.
 */
package io.sluice.http;
