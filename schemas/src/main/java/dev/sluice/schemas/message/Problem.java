package dev.sluice.schemas.message;

import java.util.List;

/**
 * One thing that is wrong with a document. Each part of it is cut short, for a document may be made of long names alone.
 *
 * @param pointer JSON pointer to it ({@code ""} is the whole document)
 * @param message what is wrong and what to do
 * @param allowed the allowed names or values, where the list is closed; else empty
 */
public record Problem(String pointer, String message, List<String> allowed) {
    /** More than anyone reads at once; where there are more, the last one says so. */
    public static final int MOST = 100;

    private static final int POINTER_CHARS = 300;
    private static final int MESSAGE_CHARS = 500;
    private static final int ALLOWED = 50;
    private static final int ALLOWED_CHARS = 100;

    public Problem {
        pointer = cut(pointer, POINTER_CHARS);
        message = cut(message, MESSAGE_CHARS);
        allowed = allowed == null
                ? List.of()
                : allowed.stream()
                        .limit(ALLOWED)
                        .map(word -> cut(word, ALLOWED_CHARS))
                        .toList();
    }

    /** Stands at the end of as many as are told. */
    public static Problem more() {
        return new Problem("", "there are more than " + MOST + " problems; these are the first");
    }

    private static String cut(String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most) + "…";
    }

    public Problem(String pointer, String message) {
        this(pointer, message, List.of());
    }
}
