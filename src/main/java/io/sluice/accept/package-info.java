/** Taking orders in: reading them strictly, writing them durably, answering. */
package io.sluice.accept;
