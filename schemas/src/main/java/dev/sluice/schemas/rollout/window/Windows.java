package dev.sluice.schemas.rollout.window;

import dev.sluice.schemas.rollout.window.Window.Allow;
import dev.sluice.schemas.rollout.window.Window.Freeze;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a calendar of windows. Open is what is inside one of the allow windows that bind whoever asks, where there are any, and
 * outside every freeze that does. The work is bounded, whatever the windows are: where it ends early, {@code until} does too.
 */
public final class Windows {
    /** So many windows may follow each other without a gap before one has to ask again. */
    private static final int MOST_STEPS = 100;

    private final List<OpeningTimes> allowed = new ArrayList<>();
    private final List<Freeze> freezes = new ArrayList<>();

    private Windows(List<Window> windows, Invoker invoker) {
        for (var window : windows) {
            if (window.binds(invoker)) {
                switch (window) {
                    case Allow allow -> allowed.add(new OpeningTimes(allow));
                    case Freeze freeze -> freezes.add(freeze);
                }
            }
        }
    }

    public static Opening at(List<Window> windows, Instant now, Invoker invoker) {
        var bound = new Windows(windows, invoker);
        return bound.isOpen(now) ? new Opening.Open(bound.closes(now)) : bound.closed(now);
    }

    private boolean isOpen(Instant at) {
        return freezeEnd(at).isEmpty() && isAllowed(at);
    }

    private boolean isAllowed(Instant at) {
        return allowed.isEmpty() || allowedUntil(at).isPresent();
    }

    private Opening closed(Instant now) {
        var until = opens(now);
        var why = freezes.stream()
                .filter(freeze -> freeze.covers(now))
                .max(Comparator.comparing(Freeze::to))
                .map(Windows::frozen)
                .orElseGet(() -> until == null
                        ? "outside the allow windows, none of which opens again"
                        : "outside the allow windows");
        return new Opening.Closed(until, why);
    }

    private static String frozen(Freeze freeze) {
        return "frozen until " + freeze.to() + (freeze.reason() == null ? "" : ": " + freeze.reason());
    }

    /** Null: never. */
    private Instant opens(Instant now) {
        var at = now;
        for (int step = 0; step < MOST_STEPS; step++) {
            var frozen = freezeEnd(at);
            if (frozen.isPresent()) {
                at = frozen.get();
            } else if (isAllowed(at)) {
                return at;
            } else {
                var next = nextAllowed(at);
                if (next.isEmpty()) {
                    return null;
                }
                at = next.get();
            }
        }
        return at;
    }

    /** Null: never. */
    private Instant closes(Instant now) {
        var frozen = freezes.stream()
                .filter(freeze -> freeze.to().isAfter(freeze.from()))
                .map(Freeze::from)
                .filter(from -> from.isAfter(now))
                .min(Comparator.naturalOrder());
        if (allowed.isEmpty()) {
            return frozen.orElse(null);
        }
        var at = now;
        for (int step = 0; step < MOST_STEPS; step++) {
            var end = allowedUntil(at);
            if (end.isEmpty()) {
                return at;
            }
            at = end.get();
            if (frozen.isPresent() && !at.isBefore(frozen.get())) {
                return frozen.get();
            }
        }
        return at;
    }

    private Optional<Instant> freezeEnd(Instant at) {
        return freezes.stream()
                .filter(freeze -> freeze.covers(at))
                .map(Freeze::to)
                .max(Comparator.naturalOrder());
    }

    private Optional<Instant> allowedUntil(Instant at) {
        return allowed.stream()
                .map(times -> times.openUntil(at))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    private Optional<Instant> nextAllowed(Instant at) {
        return allowed.stream()
                .map(times -> times.opensAfter(at))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }
}
