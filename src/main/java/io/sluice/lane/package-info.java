/**
 * The single file through an ordered step. The rules are plain Java: what a lane does next follows from a small view of
 * it. The table keeps the lane's holder, its fencing token, and one cursor for each batch.
 */
package io.sluice.lane;
