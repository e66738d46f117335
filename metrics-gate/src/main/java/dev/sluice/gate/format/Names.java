package dev.sluice.gate.format;

/** The schema's patterns for names, by hand: a regular expression per field would cost more than the parsing. */
public final class Names {
    private Names() {}

    /** {@code ^(?!/)[a-z0-9./-]{1,253}(?<!/)$} */
    public static boolean isApplication(String text) {
        if (text.isEmpty() || text.charAt(0) == '/' || text.charAt(text.length() - 1) == '/') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!(isLower(c) || isDigit(c) || c == '.' || c == '/' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    /** {@code ^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$} */
    public static boolean isTarget(String text) {
        if (text.isEmpty() || !isAlphanumeric(text.charAt(0)) || !isAlphanumeric(text.charAt(text.length() - 1))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!(isAlphanumeric(c) || c == '.' || c == '_' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    /** {@code ^[A-Za-z_][A-Za-z0-9_.:/-]{0,127}$} */
    public static boolean isMetric(String text) {
        if (text.isEmpty() || isDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var inner = i > 0 && (c == '.' || c == ':' || c == '/' || c == '-');
            if (!(isAlphanumeric(c) || c == '_' || inner)) {
                return false;
            }
        }
        return true;
    }

    /** Free text without NUL and without surrogates; those are for the slow reader to judge. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
