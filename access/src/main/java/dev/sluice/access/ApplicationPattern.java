package dev.sluice.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names of applications, in which {@code *} stands for anything, slashes included: {@code shop/*}. Only {@code *} alone means what
 * concerns all applications, too, such as freezes.
 */
public record ApplicationPattern(@JsonValue String text) {
    private static final Pattern WRITTEN = Pattern.compile("[a-z0-9./*-]{1,253}");
    /** What freezes are addressed to. */
    static final String ALL = "*";

    @JsonCreator
    public ApplicationPattern {
        if (text == null || !WRITTEN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "an application pattern is of a-z, 0-9, '.', '/', '-' and '*', and not " + text);
        }
    }

    public boolean fits(String application) {
        if (ALL.equals(application)) {
            return text.equals(ALL);
        }
        return fits(0, application, 0);
    }

    /** Goes back to the last star only: no pattern takes more time than pattern times name. */
    private boolean fits(int from, String name, int at) {
        int star = -1;
        int retry = at;
        int p = from;
        int n = at;
        while (n < name.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else if (p < text.length() && text.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }
}
