package dev.sluice.access;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Beans of this type name requests that the door lets through to whoever asks: because they have a guard of their own, such as the
 * token of a callback's address, or because they show nothing of anybody's.
 */
public interface OpenEntrance {
    /** No {@code .} or {@code ..}. */
    String SEGMENT = "(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+";

    /** @param path as it came, neither decoded nor made shorter, without its query */
    boolean isOpen(String method, String path);

    /**
     * Paths that are just so: each {@code *} is one segment of plain characters. Whatever is written in another way (twice a slash, dots,
     * percent signs, semicolons) is none of them, and so behind the door.
     */
    static Pattern paths(String... written) {
        return Pattern.compile(Arrays.stream(written)
                .map(path ->
                        Arrays.stream(path.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(SEGMENT)))
                .collect(Collectors.joining("|")));
    }
}
