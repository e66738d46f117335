package dev.sluice.cli.output;

import java.util.regex.Pattern;

/** Text for a terminal, which others have written parts of: no reason or name may move its cursor or write its clipboard. */
public final class Plain {
    /** Anything but a line's end, and the colours that this tool uses. */
    private static final Pattern CONTROL =
            Pattern.compile("\u001b(?!\\[[0-9;]*m)|[\\p{Cntrl}\\u0080-\\u009f&&[^\n\u001b]]");

    private Plain() {}

    public static String of(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }
}
