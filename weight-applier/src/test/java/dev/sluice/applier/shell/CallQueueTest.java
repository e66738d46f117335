package dev.sluice.applier.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallQueueTest {
    private final List<Runnable> started = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private final CallQueue queue = new CallQueue(2, started::add);

    private void submit(boolean goesBack, String name) {
        queue.submit(goesBack, () -> ran.add(name));
    }

    private void finishOne() {
        started.removeFirst().run();
    }

    @Test
    @DisplayName("B39: only so many calls run at once, and a way back goes before every raise that waits")
    void aWayBackGoesFirst() {
        // given
        submit(false, "raise-1");
        submit(false, "raise-2");
        submit(false, "raise-3");
        submit(true, "back");
        assertThat(started).hasSize(2);

        // when
        while (!started.isEmpty()) {
            finishOne();
        }

        // then
        assertThat(ran).containsExactly("raise-1", "raise-2", "back", "raise-3");
    }

    @Test
    @DisplayName("Line 17: a call that breaks off gives its place back")
    void aBrokenCallGivesItsPlaceBack() {
        // given
        queue.submit(false, () -> {
            throw new IllegalStateException("a bug");
        });
        submit(false, "second");
        submit(false, "third");

        // when
        try {
            finishOne();
        } catch (IllegalStateException bug) {
            ran.add(bug.getMessage());
        }

        // then
        assertThat(ran).containsExactly("a bug");
        assertThat(started).hasSize(2);
    }
}
