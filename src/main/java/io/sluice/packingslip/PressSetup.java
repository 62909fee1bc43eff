package io.sluice.packingslip;

import java.time.ZoneId;

/**
 * What is the same for all sheets.
 *
 * @param timeZone in which dates are printed
 */
record PressSetup(Typesetter typesetter, Sender sender, PaperSize paper, ZoneId timeZone) {}
