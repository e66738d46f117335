package dev.sluice.notifier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.sluice.notifier.core.Rule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesInForceTest {
    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private RulesInForce rules;

    private void write(String... names) throws IOException {
        var yaml = new StringBuilder("rules:\n");
        for (var name : names) {
            yaml.append("  - {name: %s, when: 'true', to: room}\n".formatted(name));
        }
        Files.writeString(path(), yaml);
    }

    private Path path() {
        return folder.resolve("rules.yaml");
    }

    private RulesInForce start() {
        rules = new RulesInForce(path(), Set.of("room"), SOON, new SimpleMeterRegistry());
        return rules;
    }

    @AfterEach
    void stop() {
        if (rules != null) {
            rules.stop();
        }
    }

    @Test
    void changesWithItsFile() throws IOException {
        // given
        write("a");
        start();

        // when
        write("a", "b");

        // then
        await().until(() -> rules.now().size() == 2);
        assertThat(rules.obstacle()).isEmpty();
    }

    @Test
    void staysAsItWasWhileTheFileCannotBeReadAndSaysSo() throws IOException {
        // given
        write("a");
        start();

        // when
        Files.writeString(path(), "rules: [{name: b}]");

        // then
        await().until(() -> rules.obstacle().isPresent());
        assertThat(rules.obstacle().orElseThrow()).contains("rule b has no `when`");
        assertThat(rules.now()).extracting(Rule::name).containsExactly("a");

        // when
        write("c");

        // then
        await().until(() -> rules.obstacle().isEmpty());
        assertThat(rules.now()).extracting(Rule::name).containsExactly("c");
    }

    @Test
    void theSameFileAgainAfterItWasAwayIsNoObstacle() throws IOException {
        // given
        write("a");
        start();
        Files.delete(path());
        await().until(() -> rules.obstacle().isPresent());

        // when
        write("a");

        // then
        await().until(() -> rules.obstacle().isEmpty());
        assertThat(rules.now()).hasSize(1);
    }

    @Test
    void doesNotStartWithoutRules() {
        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessageContaining("sluice.notifier.rules")
                .withMessageContaining("rules.yaml");
    }
}
