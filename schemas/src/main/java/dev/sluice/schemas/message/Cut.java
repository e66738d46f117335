package dev.sluice.schemas.message;

/**
 * Shortens what others wrote. A character outside the basic plane is two {@code char}s, and a message that held half of one
 * would be refused by everyone who reads it.
 */
public final class Cut {
    private Cut() {}

    /** The beginning of a text, of at most as many {@code char}s, and never half a character. */
    public static String to(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
