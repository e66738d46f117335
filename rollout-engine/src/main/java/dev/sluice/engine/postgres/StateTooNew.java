package dev.sluice.engine.postgres;

/** One application's state was stored by a later version and is left to it (B42): no other application's has to wait for it. */
public final class StateTooNew extends StorageUnavailable {
    private static final long serialVersionUID = 1;

    StateTooNew(String reason) {
        super(reason);
    }
}
