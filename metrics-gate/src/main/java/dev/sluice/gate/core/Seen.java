package dev.sluice.gate.core;

/** Whether a target ever sent a metric, as far as is remembered. */
public enum Seen {
    YES,
    NO,
    /** It sent more metrics than are remembered by name: this may have been one of them. */
    NOT_KNOWN
}
