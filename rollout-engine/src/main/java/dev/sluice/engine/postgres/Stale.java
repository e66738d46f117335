package dev.sluice.engine.postgres;

/** Something that was read without a lock has changed before the rest was stored: nothing is, and the same again succeeds. */
public final class Stale extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** As {@code fail_as_stale} in the database raises it. */
    static final String SQL_STATE = "SL001";

    Stale() {
        super("what was read has changed meanwhile", null, false, false);
    }
}
