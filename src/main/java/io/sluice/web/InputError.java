package io.sluice.web;

/** Stand-in, to be overwritten by package web. */
public record InputError(String pointer, String detail) {}
