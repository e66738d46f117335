package dev.sluice.gate.core;

/**
 * An alert that fires, and of whom.
 *
 * @param saidMillis when its monitor last said so
 */
public record FiringAlert(TargetKey key, Alert alert, long saidMillis) {}
