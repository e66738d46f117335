package dev.sluice.notifier.core;

import com.google.re2j.Pattern;

/** Which applications a rule is for: a name in which {@code *} stands for anything, slashes included. */
public final class ApplicationPattern {
    private static final Pattern WRITTEN = Pattern.compile("[a-z0-9./*-]{1,253}");

    private final String text;
    private final Pattern pattern;

    private ApplicationPattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException where no application has such a name */
    public static ApplicationPattern of(String text) {
        if (!WRITTEN.matches(text)) {
            throw new IllegalArgumentException("no application has a name like `" + text
                    + "`: use lower-case letters, digits, '.', '/', '-', and * for anything");
        }
        // of what is left, only a dot means something else to an expression
        return new ApplicationPattern(
                text, Pattern.compile(text.replace(".", "\\.").replace("*", ".*")));
    }

    boolean matches(String application) {
        return pattern.matches(application);
    }

    @Override
    public String toString() {
        return text;
    }
}
