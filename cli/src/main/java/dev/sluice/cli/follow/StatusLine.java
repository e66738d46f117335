package dev.sluice.cli.follow;

import dev.sluice.cli.output.Colours;
import dev.sluice.schemas.message.Status;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A target's status on one line. */
public final class StatusLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private StatusLine() {}

    /** {@code 12:00:01Z prod  Progressing  step 1 of 4  0 → 10 %: weight 10 % ordered}. */
    public static String of(Status status, Colours colours) {
        return "%s %s  %s  %s  %s%s"
                .formatted(
                        time(status.updatedAt()),
                        status.target(),
                        colours.of(status.phase()),
                        step(status),
                        weight(status),
                        status.reason() == null ? "" : ": " + status.reason());
    }

    private static String time(Instant at) {
        return at == null ? "--:--:--" : TIME.format(at) + "Z";
    }

    public static String step(Status status) {
        return "step " + status.step() + " of " + status.steps()
                + (status.stepKind() == null ? "" : " (" + status.stepKind() + ")");
    }

    /** What is ordered and, where it isn't the same yet, what is applied; never a guess. */
    public static String weight(Status status) {
        var weight = status.weight();
        if (weight == null || weight.desired() == null) {
            return "-";
        }
        var applied = weight.applied();
        return applied == null || applied.equals(weight.desired())
                ? weight.desired() + " %"
                : applied + " → " + weight.desired() + " %";
    }
}
