package dev.sluice.gate.core;

/** What windows and analyses are kept by: the application and one of its targets. */
public record TargetKey(String application, String target) {}
