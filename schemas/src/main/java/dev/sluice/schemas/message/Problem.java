package dev.sluice.schemas.message;

import java.util.ArrayList;
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
    private static final int ALLOWED_CHARS = 100;
    private static final int ALL_ALLOWED_CHARS = 600;

    public Problem {
        pointer = cut(pointer, POINTER_CHARS);
        message = cut(message, MESSAGE_CHARS);
        allowed = allowed == null ? List.of() : fitting(allowed);
    }

    /** Stands at the end of as many as are told. */
    public static Problem more() {
        return new Problem("", "there are more than " + MOST + " problems; these are the first");
    }

    private static List<String> fitting(List<String> allowed) {
        var fitting = new ArrayList<String>();
        var room = ALL_ALLOWED_CHARS;
        for (var word : allowed) {
            var shown = cut(word, ALLOWED_CHARS);
            room -= shown.length();
            if (room < 0) {
                fitting.add("…");
                break;
            }
            fitting.add(shown);
        }
        return List.copyOf(fitting);
    }

    private static String cut(String text, int most) {
        return text == null || text.length() <= most ? text : Cut.to(most, text) + "…";
    }

    public Problem(String pointer, String message) {
        this(pointer, message, List.of());
    }
}
