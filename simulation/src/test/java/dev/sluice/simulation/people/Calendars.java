package dev.sluice.simulation.people;

import dev.sluice.schemas.rollout.window.Invoker;
import dev.sluice.schemas.rollout.window.Window;
import dev.sluice.simulation.world.Chance;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The windows of rollout files: few, for most rollouts have none. */
final class Calendars {
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "Asia/Kolkata");
    /** Runs are short: what opens, opens with each minute. */
    private static final String EACH_MINUTE = "* * * * *";

    private Calendars() {}

    static List<Window> draw(Chance chance, Instant now) {
        var windows = new ArrayList<Window>();
        if (chance.percent(8)) {
            windows.add(new Window.Allow(
                    EACH_MINUTE,
                    Duration.ofSeconds(chance.between(15, 40)),
                    ZoneId.of(chance.oneOf(ZONES)),
                    invokers(chance)));
        }
        if (chance.percent(8)) {
            var from = now.plusSeconds(chance.between(-10, 20));
            windows.add(new Window.Freeze(from, from.plusSeconds(chance.between(5, 40)), "the sale", invokers(chance)));
        }
        return windows;
    }

    private static List<Invoker> invokers(Chance chance) {
        return chance.percent(60) ? List.of() : List.of(chance.oneOf(List.of(Invoker.values())));
    }
}
