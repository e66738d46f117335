package dev.sluice.engine.postgres;

/** Somebody else worked the same records off: nothing of this transaction may stay. */
public final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overtaken(String partition, long expected) {
        super("%s no longer stands at offset %d".formatted(partition, expected), null, false, false);
    }
}
