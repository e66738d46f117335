package dev.sluice.engine.postgres;

/** The database could not do it now; no record's fault. The same again, a little later, may succeed. */
public final class StorageUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    StorageUnavailable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
