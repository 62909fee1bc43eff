/**
 * What every HTTP resource shares: errors as problem details (RFC 9457), the strict reading of JSON and of query
 * parameters, and the checks that a request passes before any resource sees it.
 */
package io.sluice.http;
