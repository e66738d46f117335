package dev.sluice.engine.shell;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Within this instance, lets one transaction at a time work on an application, from what it reads to what it hands over. So
 * none of them makes another's reads stale, and the messages of an application are handed over in the order of its commits.
 * Between instances the database sees to it.
 */
@ApplicationScoped
class Turns {
    /** More than applications are ever worked on at once, so that two seldom share one. */
    private static final int STRIPES = 4096;

    private final List<ReentrantLock> stripes =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toList();

    /** Waits until it is the turn of these applications, all of them, and then does the work. */
    void inTurn(Collection<String> applications, Runnable work) {
        // everybody takes them in the same order, so that no two wait for each other
        var own = applications.stream()
                .mapToInt(name -> Math.floorMod(name.hashCode(), STRIPES))
                .sorted()
                .distinct()
                .mapToObj(stripes::get)
                .toList();
        own.forEach(ReentrantLock::lock);
        try {
            work.run();
        } finally {
            own.forEach(ReentrantLock::unlock);
        }
    }
}
