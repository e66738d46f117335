package dev.sluice.access;

/** Why a token proves nothing. */
final class Unproven extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    Unproven(Refusal refusal) {
        super(refusal.error(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
