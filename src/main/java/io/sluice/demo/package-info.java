/** Demo orders for trying out Sluice. Only with the simulator: no real partner must get them. */
package io.sluice.demo;
