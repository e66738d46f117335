package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns();

    @Test
    void oneAtATimeWorksOnAnApplicationWhateverTheOrderOfNames() throws Exception {
        // given
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        // when
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 200)
                    .mapToObj(i -> i % 2 == 0 ? List.of("a", "b", "c") : List.of("c", "a"))
                    .<Future<?>>map(names -> threads.submit(() -> turns.inTurn(names, () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        inside.decrementAndGet();
                    })))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
        // then
        assertThat(most).hasValue(1);
    }

    @Test
    void anotherApplicationDoesNotWait() throws Exception {
        // given
        var isInside = new CountDownLatch(1);
        var mayLeave = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> turns.inTurn(List.of("a"), () -> {
                isInside.countDown();
                await(mayLeave);
            }));
            await(isInside);
            // when
            var done = new AtomicInteger();
            turns.inTurn(List.of("b"), done::incrementAndGet);
            // then
            assertThat(done).hasValue(1);
            mayLeave.countDown();
            waiting.get();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
