package dev.sluice.notifier.core;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status;

/** What a message is about, as far as its default words depend on it; it follows from the status, not from the rule. */
public enum Occasion {
    APPROVAL("approval", "approval needed"),
    JUDGEMENT("judgement", "a judgement is needed"),
    HELD("held", "held"),
    PAUSED("paused", "paused"),
    ROLLING_BACK("rolling-back", "rolling back"),
    DEGRADED("degraded", "the rollback cannot be carried out"),
    ROLLED_BACK("rolled-back", "rolled back"),
    PROMOTED("promoted", "promoted"),
    FAILED("failed", "failed"),
    CANCELLED("cancelled", "cancelled"),
    PROGRESS("progress", "in progress");

    private final String word;
    private final String title;

    Occasion(String word, String title) {
        this.word = word;
        this.title = title;
    }

    static Occasion of(Status status) {
        return switch (status.phase()) {
            case AWAITING_APPROVAL -> status.reasonCode() == ReasonCode.JUDGEMENT_PENDING ? JUDGEMENT : APPROVAL;
            case WAITING -> HELD;
            case PAUSED -> PAUSED;
            case ROLLING_BACK -> status.degraded() ? DEGRADED : ROLLING_BACK;
            case ROLLED_BACK -> ROLLED_BACK;
            case PROMOTED -> PROMOTED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case PENDING, PROGRESSING, ANALYZING, FINALIZING -> PROGRESS;
        };
    }

    @JsonValue
    public String word() {
        return word;
    }

    String title() {
        return title;
    }
}
