package dev.sluice.dashboard.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Streams that wait for news. Whoever brings news waits for none of them. */
@Singleton
class Waiters {
    private Set<Runnable> waiting = new LinkedHashSet<>();

    synchronized void wake() {
        if (!waiting.isEmpty()) {
            var woken = waiting;
            waiting = new LinkedHashSet<>();
            Infrastructure.getDefaultExecutor().execute(() -> woken.forEach(Runnable::run));
        }
    }

    /**
     * Ends with the next news, or when this time is over.
     *
     * @param isThere whether there is some that came before anyone waited for it
     */
    Uni<Void> news(BooleanSupplier isThere, Duration atMost) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> {
                    Runnable one = () -> emitter.complete(null);
                    emitter.onTermination(() -> remove(one));
                    add(one);
                    if (isThere.getAsBoolean()) {
                        emitter.complete(null);
                    }
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem((Void) null);
    }

    private synchronized void add(Runnable one) {
        waiting.add(one);
    }

    private synchronized void remove(Runnable one) {
        waiting.remove(one);
    }
}
