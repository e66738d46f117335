package dev.sluice.sandbox.view;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A status in one line: when, which release, how far, why. */
final class StatusLine {
    private static final int BAR = 20;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private StatusLine() {}

    static String of(Status status) {
        var applied = applied(status);
        return "%s  %s/%s %-7s step %d/%d %s %3s %%  %-16s %s"
                .formatted(
                        status.updatedAt() == null ? "" : CLOCK.format(status.updatedAt()),
                        status.application(),
                        status.target(),
                        status.revision() == null ? "" : status.revision(),
                        status.step(),
                        status.steps(),
                        bar(applied),
                        applied,
                        status.phase().word() + (status.degraded() ? "!" : ""),
                        status.reason() == null ? "" : status.reason());
    }

    /** What must differ for a line to be worth printing again. */
    static String essence(Status status) {
        return "%s %s %s %s %s %s"
                .formatted(
                        status.rollout(),
                        status.phase(),
                        status.step(),
                        applied(status),
                        status.reason(),
                        status.degraded());
    }

    private static Weight applied(Status status) {
        return status.weight() == null || status.weight().applied() == null
                ? Weight.ZERO
                : status.weight().applied();
    }

    private static String bar(Weight weight) {
        var full = weight.percent()
                .multiply(BigDecimal.valueOf(BAR))
                .divide(BigDecimal.valueOf(100), RoundingMode.HALF_UP)
                .setScale(0, RoundingMode.HALF_UP)
                .intValue();
        return "█".repeat(full) + "░".repeat(BAR - full);
    }
}
