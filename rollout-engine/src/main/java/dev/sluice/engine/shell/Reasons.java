package dev.sluice.engine.shell;

import dev.sluice.schemas.message.Cut;

/** A failure in one line, short enough for a header. */
final class Reasons {
    private static final int MOST_CHARS = 1000;

    private Reasons() {}

    static String of(Throwable failure) {
        var deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        var line = deepest.toString().replaceAll("\\p{Cntrl}+", " ");
        return Cut.to(MOST_CHARS, line);
    }
}
