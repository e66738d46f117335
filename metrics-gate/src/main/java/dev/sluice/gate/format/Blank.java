package dev.sluice.gate.format;

/** What stands between JSON's tokens, and its words. */
final class Blank {
    private Blank() {}

    /** The first place from there on that isn't blank. */
    static int skip(byte[] json, int start, int limit) {
        var at = start;
        while (at < limit && json[at] <= ' ' && isBlank(json[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte one) {
        return one == ' ' || one == '\n' || one == '\r' || one == '\t';
    }

    /** Where this word ends that begins there; -1 where another does. */
    static int after(String word, byte[] json, int start, int limit) {
        if (start + word.length() > limit) {
            return -1;
        }
        for (int i = 0; i < word.length(); i++) {
            if (json[start + i] != word.charAt(i)) {
                return -1;
            }
        }
        return start + word.length();
    }
}
