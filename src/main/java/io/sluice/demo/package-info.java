/** Orders that nobody placed, for trying Sluice out. Only where the simulator is on: no real partner may ever see them. */
package io.sluice.demo;
