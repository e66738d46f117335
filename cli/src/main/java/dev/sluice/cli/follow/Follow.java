package dev.sluice.cli.follow;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Engine;
import dev.sluice.cli.engine.PastRollout;
import dev.sluice.cli.engine.PastRollout.PastTarget;
import dev.sluice.cli.engine.Pauses;
import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.message.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows one rollout by its id, whatever its application does afterwards. */
public final class Follow {
    private static final Duration BETWEEN = Duration.ofMillis(500);
    /** An engine that restarts is no reason to give up on a rollout. */
    private static final Duration AWAY = Duration.ofMinutes(1);

    /** By then a rollout that somebody just began is to be seen somewhere. */
    private static final Duration UNSEEN = Duration.ofSeconds(30);

    private static final int HISTORY = 50;

    private final Engine engine;
    private final String application;
    private final String rollout;
    private final Sight sight;
    private final Duration unseen;
    private final Map<String, Long> versions = new HashMap<>();
    private String noticed = "";
    private boolean wasQueued;
    private long awaySince;
    private long unseenSince;

    public Follow(Engine engine, String application, String rollout, Sight sight) {
        this(engine, application, rollout, sight, UNSEEN);
    }

    /** @param unseen how long it may be nowhere to be seen */
    Follow(Engine engine, String application, String rollout, Sight sight, Duration unseen) {
        this.unseen = unseen;
        this.engine = engine;
        this.application = application;
        this.rollout = rollout;
        this.sight = sight;
    }

    /** What it came to: its end, that the time is over, or that people are awaited. */
    public sealed interface Came {
        record ToAnEnd(Ending ending) implements Came {}

        /** @param shown null where it had not begun */
        record ToAPerson(RolloutShown shown) implements Came {}

        record TimeOver() implements Came {}
    }

    /**
     * @param longest null: as long as it takes
     * @param forPeople whether to go on while only people are awaited
     */
    public Came untilOver(Duration longest, boolean forPeople) throws Stop {
        var begun = System.nanoTime();
        while (true) {
            var came = look(forPeople);
            if (came.isPresent()) {
                return came.get();
            }
            if (longest != null && System.nanoTime() - begun >= longest.toNanos()) {
                return new Came.TimeOver();
            }
            Pauses.take(BETWEEN);
        }
    }

    private Optional<Came> look(boolean forPeople) throws Stop {
        try {
            var found = seen(forPeople);
            awaySince = 0;
            return found;
        } catch (Stop e) {
            var now = System.nanoTime();
            awaySince = awaySince == 0 ? now : awaySince;
            if (!e.mayPass() || now - awaySince > AWAY.toNanos()) {
                throw e;
            }
            notice(e.getMessage() + " (trying again)");
            return Optional.empty();
        }
    }

    private Optional<Came> seen(boolean forPeople) throws Stop {
        var shown = engine.rollout(application).orElse(null);
        if (shown == null || !rollout.equals(shown.rollout())) {
            return elsewhere(shown);
        }
        sight.seen(shown, changed(shown));
        if (shown.isOver()) {
            var ends = shown.targets().stream().map(PastTarget::of).toList();
            return Optional.of(new Came.ToAnEnd(new Ending(rollout, ends)));
        }
        return !forPeople && People.alone(shown) ? Optional.of(new Came.ToAPerson(shown)) : Optional.empty();
    }

    private List<Status> changed(RolloutShown shown) {
        return shown.targets().stream()
                .filter(status -> {
                    var before = versions.put(status.target(), status.version());
                    return before == null || before != status.version();
                })
                .toList();
    }

    /** It waits for the one that is shown, or that one came after it. */
    private Optional<Came> elsewhere(RolloutShown shown) throws Stop {
        if (shown != null && shown.queued().filter(rollout::equals).isPresent()) {
            wasQueued = true;
            notice("waits for rollout " + shown.rollout() + " of " + shown.revision() + " to end");
            return Optional.empty();
        }
        var past = past();
        if (past.isPresent() && past.get().endedAt() != null) {
            return Optional.of(new Came.ToAnEnd(Ending.of(past.get())));
        }
        if (past.isEmpty() && (wasQueued || !versions.isEmpty() || isUnseenForLong())) {
            throw new Stop(
                    Exit.CONFLICT,
                    "Rollout " + rollout
                            + " is neither running nor waiting: it never began, another start took its place, or the"
                            + " application was deleted. See sluice audit " + application);
        }
        return Optional.empty();
    }

    private boolean isUnseenForLong() {
        var now = System.nanoTime();
        unseenSince = unseenSince == 0 ? now : unseenSince;
        return now - unseenSince > unseen.toNanos();
    }

    private Optional<PastRollout> past() throws Stop {
        return engine.history(application, HISTORY).stream()
                .filter(entry -> entry.rollout().equals(rollout))
                .findFirst();
    }

    private void notice(String words) {
        if (!words.equals(noticed)) {
            noticed = words;
            sight.notice(words);
        }
    }
}
