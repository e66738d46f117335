package dev.sluice.engine.postgres;

/** The database could not do it now; no record's fault. The same again, a little later, may succeed. */
public sealed class StorageUnavailable extends RuntimeException permits StateTooNew {
    private static final long serialVersionUID = 1;

    /** Whether less at a time may succeed: a statement that took too long, or a server short of something. */
    public boolean isTooMuch() {
        return Failures.isTooMuch(this);
    }

    StorageUnavailable(String reason) {
        super(reason);
    }

    StorageUnavailable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
