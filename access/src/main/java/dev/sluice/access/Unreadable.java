package dev.sluice.access;

/** A file of ours that is not as it has to be; the message says where. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String reason) {
        super(reason);
    }
}
