package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.window.Cron;
import dev.sluice.schemas.rollout.window.Invoker;
import dev.sluice.schemas.rollout.window.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the file's windows, and tells what a schema can't: crons, zones, and times in their order. */
final class Calendars {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Problems problems;
    private final Durations durations;

    /** @param durations tells of those that are out of bounds where the file's shape is valid */
    Calendars(Problems problems, Durations durations) {
        this.problems = problems;
        this.durations = durations;
    }

    /** What can be read of them; the rest has been told. */
    List<Window> windows(JsonNode file) {
        var windows = new ArrayList<Window>();
        for (int i = 0; i < file.path("windows").size(); i++) {
            var window = file.path("windows").path(i);
            var at = Pointer.of("windows").to(i);
            var invokers = invokers(window.path("invokers"));
            if (window.path("allow").isObject()) {
                windows.add(allow(window.path("allow"), at.to("allow"), invokers));
            }
            if (window.path("freeze").isObject()) {
                windows.add(freeze(window.path("freeze"), at.to("freeze"), invokers));
            }
        }
        return windows;
    }

    private Window allow(JsonNode allow, Pointer at, List<Invoker> invokers) {
        if (allow.path("cron").isTextual()) {
            check(allow.path("cron").textValue(), at.to("cron"));
        }
        var duration = durations.read(allow.path("duration"), at.to("duration"), Duration.ZERO);
        return new Window.Allow(
                allow.path("cron").asText(),
                durations.atLeastAMinute(duration, at.to("duration")),
                zone(allow.path("zone"), at.to("zone")),
                invokers);
    }

    private void check(String cron, Pointer at) {
        try {
            if (!Cron.of(cron).isEverDue()) {
                problems.add(at, "is never due, so that this window never opens");
            }
        } catch (IllegalArgumentException e) {
            problems.add(
                    at,
                    "is not five fields of a cron (minute, hour, day of the month, month, day of the week): "
                            + e.getMessage());
        }
    }

    private ZoneId zone(JsonNode zone, Pointer at) {
        try {
            return zone.isTextual() ? ZoneId.of(zone.textValue()) : UTC;
        } catch (DateTimeException e) {
            problems.add(at, "is no time zone: write one such as Europe/Berlin or UTC");
            return UTC;
        }
    }

    private Window freeze(JsonNode freeze, Pointer at, List<Invoker> invokers) {
        var from = instant(freeze.path("from"), at.to("from"));
        var to = instant(freeze.path("to"), at.to("to"));
        if (from != null && to != null && !from.isBefore(to)) {
            problems.add(at.to("to"), "is not after `from`");
        }
        return new Window.Freeze(from, to, freeze.path("reason").textValue(), invokers);
    }

    /** Null where it is none, which is told. */
    private Instant instant(JsonNode time, Pointer at) {
        try {
            return OffsetDateTime.parse(time.asText()).toInstant();
        } catch (DateTimeException e) {
            // in the schema's words, which lets a second 60 through
            problems.add(at, "is not a valid date-time");
            return null;
        }
    }

    private static List<Invoker> invokers(JsonNode words) {
        var invokers = new ArrayList<Invoker>();
        for (var invoker : Invoker.values()) {
            for (var word : words) {
                if (invoker.name().toLowerCase(Locale.ROOT).equals(word.asText())) {
                    invokers.add(invoker);
                }
            }
        }
        return invokers;
    }
}
