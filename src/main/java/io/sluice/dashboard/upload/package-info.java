/** The page that imports orders from a file: a preview, problems by row, and the import itself. */
package io.sluice.dashboard.upload;
