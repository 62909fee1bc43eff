package io.sluice.web;
public record InputError(String pointer, String detail) {}
