package dev.sluice.triggers.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

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
    @TempDir
    Path folder;

    private RulesInForce rules;

    @AfterEach
    void stop() {
        if (rules != null) {
            rules.stop();
        }
    }

    private Path path() {
        return folder.resolve("rules.yaml");
    }

    private void write(String name) throws IOException {
        var rule = "{name: %s, from: argocd, when: 'true', file: a.yaml, revision: a}".formatted(name);
        Files.writeString(path(), "rules: [" + rule + "]");
    }

    private void start() {
        rules = new RulesInForce(path(), Set.of("argocd"), Duration.ofMillis(20), new SimpleMeterRegistry());
    }

    @Test
    void aNewVersionIsInForceAndABadOneIsNot() throws IOException {
        // given
        write("a");
        start();

        // when
        Files.writeString(path(), "rules: [{name: b, from: argocd}]");

        // then
        await().until(() -> rules.obstacle().isPresent());
        assertThat(rules.obstacle().orElseThrow()).contains("rule b has no `when`");
        assertThat(rules.now()).extracting(Rule::name).containsExactly("a");

        // and when
        write("c");

        // then
        await().until(() -> rules.obstacle().isEmpty());
        assertThat(rules.now()).extracting(Rule::name).containsExactly("c");
    }

    @Test
    void aFileThatIsNamedHasToBeGoodAtTheStart() {
        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessageContaining("sluice.triggers.hooks.rules")
                .withMessageContaining("rules.yaml");
    }
}
