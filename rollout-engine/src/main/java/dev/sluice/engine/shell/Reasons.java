package dev.sluice.engine.shell;

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
        return line.length() > MOST_CHARS ? line.substring(0, MOST_CHARS) : line;
    }
}
