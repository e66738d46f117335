package dev.sluice.cli.output;

import dev.sluice.schemas.message.Phase;

/** Colours for whoever sees them, beside words that say the same. */
public record Colours(boolean on) {
    private static final String RESET = "\u001b[0m";

    public String good(String text) {
        return in("32", text);
    }

    public String bad(String text) {
        return in("31", text);
    }

    public String waiting(String text) {
        return in("33", text);
    }

    public String faint(String text) {
        return in("2", text);
    }

    public String of(Phase phase) {
        return phase == null ? "?" : of(phase, phase.word());
    }

    private String of(Phase phase, String text) {
        return switch (phase) {
            case PROMOTED -> good(text);
            case ROLLED_BACK, ROLLING_BACK, FAILED -> bad(text);
            case AWAITING_APPROVAL, PAUSED, WAITING -> waiting(text);
            case CANCELLED, PENDING -> faint(text);
            case PROGRESSING, ANALYZING, FINALIZING -> text;
        };
    }

    private String in(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
