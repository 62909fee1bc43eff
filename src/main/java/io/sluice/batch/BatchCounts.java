package io.sluice.batch;

/** Stand-in, to be overwritten by package batch. */
public record BatchCounts(int total) {}
