package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokensTest {
    private Instant now = Instant.parse("2026-11-27T12:00:00Z");
    private final AtomicInteger reads = new AtomicInteger();
    private final List<Runnable> beside = new ArrayList<>();
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final Tokens tokens = new Tokens(() -> "token-" + reads.incrementAndGet(), beside::add, clock);

    @Test
    @DisplayName(
            "B39 the token is read again once a minute, beside, and whoever asks meanwhile gets the one that is known")
    void isReadOnceAMinuteHoweverManyAsk() {
        // given
        assertThat(tokens.getToken()).isEqualTo("token-1");
        assertThat(tokens.getToken()).isEqualTo("token-1");
        // when
        now = now.plus(Duration.ofMinutes(1));
        // then
        assertThat(tokens.getToken()).isEqualTo("token-1");
        assertThat(tokens.getToken()).isEqualTo("token-1");
        // when
        assertThat(beside).hasSize(1);
        beside.removeFirst().run();
        // then
        assertThat(tokens.getToken()).isEqualTo("token-2");
        assertThat(reads).hasValue(2);
        // when
        now = now.plus(Duration.ofMinutes(1));
        // then
        assertThat(tokens.getToken()).isEqualTo("token-2");
        assertThat(beside).hasSize(1);
    }

    @Test
    @DisplayName("B39 a program for the token that fails once, or gives none, takes no token away that is known")
    void keepsTheKnownOneUntilThereIsAnother() {
        // given
        var answers = new ArrayDeque<Supplier<String>>(List.of(
                () -> "first",
                () -> {
                    throw new IllegalStateException("no program");
                },
                () -> null,
                () -> "second"));
        var failing = new Tokens(() -> answers.remove().get(), beside::add, clock);

        // when
        for (var left = 3; left > 0; left--) {
            now = now.plus(left == 3 ? Duration.ofMinutes(1) : Duration.ofSeconds(5));
            assertThat(failing.getToken()).isEqualTo("first");
            assertThat(failing.getToken()).isEqualTo("first");
            assertThat(beside).hasSize(1);
            beside.removeFirst().run();
            // then: not at once
            assertThat(answers).hasSize(left - 1);
            assertThat(failing.getToken()).isEqualTo(left == 1 ? "second" : "first");
            assertThat(beside).isEmpty();
        }
    }

    @Test
    @DisplayName("B39 a program for the token that hangs is given up after a minute, and another one is started")
    void givesUpWhatHangs() {
        // given
        now = now.plus(Duration.ofMinutes(1));
        tokens.getToken();
        now = now.plus(Duration.ofSeconds(59));
        tokens.getToken();
        assertThat(beside).hasSize(1);

        // when
        now = now.plus(Duration.ofSeconds(1));
        tokens.getToken();
        tokens.getToken();

        // then
        assertThat(beside).hasSize(2);

        // when
        beside.removeLast().run();

        // then
        assertThat(tokens.getToken()).isEqualTo("token-2");
        assertThat(beside).hasSize(1);
    }

    @Test
    void noTokenIsKeptLikeOne() {
        // given
        var none = new Tokens(
                () -> {
                    reads.incrementAndGet();
                    return null;
                },
                Runnable::run,
                Clock.fixed(now, ZoneOffset.UTC));
        reads.set(1);
        // when
        assertThat(none.getToken()).isNull();
        assertThat(none.getToken()).isNull();
        // then
        assertThat(reads).hasValue(1);
    }
}
