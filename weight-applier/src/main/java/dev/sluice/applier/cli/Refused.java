package dev.sluice.applier.cli;

/** What a person gave can't be used. The message says what is wrong and what to do. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message);
    }
}
