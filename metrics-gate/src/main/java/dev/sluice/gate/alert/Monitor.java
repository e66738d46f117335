package dev.sluice.gate.alert;

/**
 * One kind of monitor that tells alerts by webhook. A bean of this type is found by its name; used by several threads at the same
 * time. Whose alert it is, and whether it counts, says an {@link AlertMapping}.
 */
public interface Monitor {
    /** As {@code /api/alerts/<name>} and {@code sluice.gate.alerts.<name>} say it. */
    String name();

    /** Never throws, and takes memory and time in proportion to the body's length at most; a sender that has to be asked, 5 s. */
    Said read(byte[] body);

    /** Template of the application where none is configured; null where one has to be. */
    default String application() {
        return null;
    }

    /** Likewise, of the target. */
    default String target() {
        return null;
    }
}
