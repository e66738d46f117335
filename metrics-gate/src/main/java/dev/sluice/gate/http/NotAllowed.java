package dev.sluice.gate.http;

import dev.sluice.access.Caller;

/** What is said to who may send for no application at all. */
final class NotAllowed {
    private NotAllowed() {}

    static String words(Caller caller) {
        return caller.name() + " may send for no application: the role sender or operator is needed, which the file of"
                + " sluice.access.rules gives";
    }
}
