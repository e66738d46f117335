package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ApplierSettings;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Finds watches that fell silent without an end (B49), at a cost per watch and not per route: one that has said nothing
 * for a while is compared with a list of what is there, and begun anew if it missed something. Where there is no watch
 * that works, though the API server does, its routes are told to look for themselves.
 */
final class WatchCheck {
    private static final Logger LOG = Logger.getLogger(WatchCheck.class);

    /** News may come a little later than a list does. */
    private static final Duration LATE = Duration.ofSeconds(2);

    /** Of all time the part that lists may take. */
    private static final int PART = 20;

    private final Watches watches;
    private final Lists lists;
    private final ApiHealth health;
    private final News news;
    private final Counter renewed;
    private final Duration between;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("watch-check").daemon().unstarted(this::run);
    private Set<String> mute = Set.of();
    private Duration listed = Duration.ZERO;

    WatchCheck(
            Watches watches, Lists lists, ApiHealth health, News news, ClusterMeters meters, ApplierSettings settings) {
        this.watches = watches;
        this.lists = lists;
        this.health = health;
        this.news = news;
        this.renewed = meters.counter(
                "sluice.applier.watches.renewed", "Watches that had missed something, and were begun anew");
        this.between = settings.kubernetes().watchCheck();
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopped.await(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                listed = Duration.ZERO;
                try {
                    round();
                } catch (RuntimeException e) {
                    LOG.warn("watches could not be checked; the next round tries again", e);
                }
            }
        } catch (InterruptedException onStop) {
            LOG.debug("stopped while it looked");
        }
    }

    /** What nobody answers costs nobody anything, so only lists count that came. */
    private Duration pause() {
        var rest = listed.multipliedBy(PART);
        return rest.compareTo(between) > 0 ? rest : between;
    }

    private Listed list(KindWatch<?, ?> kind, String place) {
        var begun = System.nanoTime();
        var list = kind.listed(lists, place);
        listed = listed.plusNanos(System.nanoTime() - begun);
        return list;
    }

    private void round() throws InterruptedException {
        var before = mute;
        mute = new HashSet<>();
        for (var kind : watches.all().toList()) {
            for (var place : kind.places()) {
                var watch = kind.at(place);
                if (watch.isPresent()) {
                    check(kind, place, watch.get(), before);
                }
            }
        }
    }

    private void check(KindWatch<?, ?> kind, String place, PlaceWatch<?, ?> watch, Set<String> before)
            throws InterruptedException {
        if (!watch.isSynced()) {
            tellIfStillMute(kind, place, before);
            return;
        }
        kind.works(place);
        if (!watch.hasSpoken()) {
            compare(kind, place, watch.store());
        }
    }

    /** One that is being opened is given until the next round, and in an outage nobody sees anything. */
    private void tellIfStillMute(KindWatch<?, ?> kind, String place, Set<String> before) {
        var name = kind.what() + " " + place;
        mute.add(name);
        if (before.contains(name) && health.obstacle().isEmpty()) {
            news.unwatched(new Watches.Unwatched(Optional.ofNullable(KindWatch.namespace(place))));
        }
    }

    private void compare(KindWatch<?, ?> kind, String place, SlimStore<?, ?> store) throws InterruptedException {
        try {
            var missed = missed(() -> list(kind, place), store);
            if (!missed.isEmpty()) {
                LOG.warnf("a watch has missed what happened and begins anew: %s, %d", kind.what(), missed.size());
                renewed.increment();
                kind.renew(place, missed);
            }
        } catch (RuntimeException e) {
            LOG.debug("a watch can't be checked", e);
        }
    }

    /** What was made and is gone again is in no second list; what is only late is no longer news. */
    private Set<String> missed(Supplier<Listed> list, SlimStore<?, ?> store) throws InterruptedException {
        var first = list.get();
        if (first.newsTo(store).isEmpty() || stopped.await(LATE.toMillis(), TimeUnit.MILLISECONDS)) {
            return Set.of();
        }
        var missed = first.newsTo(store);
        if (!missed.isEmpty()) {
            missed.retainAll(list.get().newsTo(store));
        }
        return missed;
    }

    void stop() {
        stopped.countDown();
        thread.interrupt();
    }
}
