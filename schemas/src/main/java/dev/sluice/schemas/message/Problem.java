package dev.sluice.schemas.message;

import java.util.List;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer JSON pointer to it ({@code ""} is the whole document)
 * @param message what is wrong and what to do
 * @param allowed the allowed names or values, where the list is closed; else empty
 */
public record Problem(String pointer, String message, List<String> allowed) {
    public Problem {
        allowed = allowed == null ? List.of() : List.copyOf(allowed);
    }

    public Problem(String pointer, String message) {
        this(pointer, message, List.of());
    }
}
