package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** Where a target's rollout stands; the meanings are in {@code status.schema.json}. */
public enum Phase {
    PENDING("Pending"),
    PROGRESSING("Progressing"),
    ANALYZING("Analyzing"),
    PAUSED("Paused"),
    AWAITING_APPROVAL("AwaitingApproval"),
    WAITING("Waiting"),
    ROLLING_BACK("RollingBack"),
    FINALIZING("Finalizing"),
    PROMOTED("Promoted"),
    ROLLED_BACK("RolledBack"),
    FAILED("Failed"),
    CANCELLED("Cancelled");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    public static Optional<Phase> of(String word) {
        return Arrays.stream(values()).filter(phase -> phase.word.equals(word)).findFirst();
    }

    public boolean isFinal() {
        return this == PROMOTED || this == ROLLED_BACK || this == FAILED || this == CANCELLED;
    }
}
