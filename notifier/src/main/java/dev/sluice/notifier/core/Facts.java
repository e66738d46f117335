package dev.sluice.notifier.core;

import dev.sluice.notifier.core.Content.Fact;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Status.Approvals;
import dev.sluice.schemas.message.Status.WaitingFor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a person needs beside the words, to answer without looking elsewhere: of an approval, what it would approve. */
final class Facts {
    /** Of one value, in characters. */
    static final int LONGEST = 500;

    /** What is waited for then, the words of the message say. */
    private static final Set<String> BY_PEOPLE = Set.of("approval", "person");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<Fact> facts = new ArrayList<>();

    private Facts() {}

    static List<Fact> of(Status status) {
        var facts = new Facts();
        facts.add("Revision", status.revision());
        facts.add("Stable", status.stableRevision());
        if (status.steps() > 0) {
            facts.add(
                    "Step",
                    status.step() + " of " + status.steps()
                            + (status.stepKind() == null ? "" : " (" + status.stepKind() + ")"));
        }
        if (status.weight() != null && status.weight().applied() != null) {
            facts.add("Weight", status.weight().applied().percent().toPlainString() + " %");
        }
        if (status.waitingFor() != null) {
            facts.waitingFor(status.waitingFor());
        }
        facts.add("Led here by", status.actor());
        facts.add("Since", time(status.since() == null ? status.updatedAt() : status.since()));
        return facts.facts;
    }

    private void waitingFor(WaitingFor waiting) {
        if (!BY_PEOPLE.contains(waiting.kind())) {
            add("Waits for", waiting.name() == null ? waiting.kind() : waiting.kind() + " " + waiting.name());
        }
        if (waiting.roles() != null && !waiting.roles().isEmpty()) {
            add("Roles", String.join(" or ", waiting.roles()));
        }
        if (waiting.approvals() != null) {
            given(waiting.approvals());
        }
        add("Until", waiting.until() == null ? null : time(waiting.until()));
    }

    private void given(Approvals approvals) {
        add(
                "Approved",
                "%d of %d%s"
                        .formatted(
                                approvals.by().size(),
                                approvals.needed(),
                                approvals.by().isEmpty() ? "" : ", by " + String.join(", ", approvals.by())));
        add("Does not count", approvals.notBy());
    }

    private void add(String name, String value) {
        if (value != null && !value.isBlank()) {
            facts.add(new Fact(name, value));
        }
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
