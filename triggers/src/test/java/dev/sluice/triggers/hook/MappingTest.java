package dev.sluice.triggers.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.wire.Json;
import dev.sluice.triggers.files.RolloutFiles;
import dev.sluice.triggers.hook.Mapping.Event;
import dev.sluice.triggers.hook.Mapping.Found;
import dev.sluice.triggers.hook.Mapping.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that stand in {@code deploy}, and what follows of what senders' documentation shows. */
class MappingTest {
    private static final Set<String> SENDERS =
            Set.of("argocd", "flux", "flux-plain", "github", "gitlab", "ci", "topic");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("checkout.yaml"), "version: v1\napplication: shop/checkout\n");
    }

    private List<Command> commands(Kind kind, String sender, Map<String, String> headers, String json) {
        return commands(deployed(), kind, sender, headers, json);
    }

    private List<Command> commands(String rules, Kind kind, String sender, Map<String, String> headers, String json) {
        var found = found(rules, kind, sender, headers, json);
        assertThat(found.unfit()).isEmpty();
        return found.starts().stream().map(Start::command).toList();
    }

    private Found found(String rules, Kind kind, String sender, Map<String, String> headers, String json) {
        try {
            var body = Json.mapper().readTree(json);
            var event = new Event(sender, kind.object(body), body, headers);
            return new Mapping(new RulesFile(SENDERS).read(rules), new RolloutFiles(folder)).found(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String deployed() {
        try {
            return Files.readString(Path.of("deploy/rules.yaml"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Command> pushed(String ref) {
        return commands(Kind.GITHUB, "github", Map.of("x-github-event", "push"), """
                {"ref": "%s", "deleted": false, "repository": {"id": 7, "name": "checkout"}}""".formatted(ref));
    }

    @Test
    void argoCdStartsWhatItHasSynced() {
        // when
        var commands = commands(Kind.ARGOCD, "argocd", Map.of(), """
                {"uid": "u1", "application": "checkout", "project": "shop", "revision": "a1b2"}""");

        // then
        assertThat(commands).singleElement().satisfies(start -> {
            assertThat(start.type().word()).isEqualTo("start");
            assertThat(start.application()).isEqualTo("shop/checkout");
            assertThat(start.revision()).isEqualTo("a1b2");
            assertThat(start.automated()).isTrue();
            assertThat(start.actor()).isEqualTo("GitOps: webhook argocd");
            assertThat(start.reason()).isEqualTo("rule synced");
        });
    }

    @Test
    void theSameAgainHasTheSameIdAndAnotherRevisionAnother() {
        // given
        var body =
                "{\"uid\": \"u1\", \"application\": \"checkout\", \"project\": \"shop\", \"revision\": \"%s\", \"at\": %d}";

        // when
        var first = commands(Kind.ARGOCD, "argocd", Map.of(), body.formatted("a", 1))
                .getFirst();
        var again = commands(Kind.ARGOCD, "argocd", Map.of(), body.formatted("a", 2))
                .getFirst();
        var other = commands(Kind.ARGOCD, "argocd", Map.of(), body.formatted("b", 1))
                .getFirst();

        // then
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(other.id()).isNotEqualTo(first.id());
    }

    @Test
    void fluxStartsWhatItHasReconciled() {
        // given
        var body = """
                {"involvedObject": {"kind": "Kustomization", "name": "checkout", "namespace": "flux-system", "uid": "u2"},
                 "severity": "info", "reason": "%s", "metadata": {"kustomize.toolkit.fluxcd.io/revision": "main@sha1:a1b2"}}""";

        // when
        var succeeded = commands(Kind.FLUX_HMAC, "flux", Map.of(), body.formatted("ReconciliationSucceeded"));
        var other = commands(Kind.FLUX_HMAC, "flux", Map.of(), body.formatted("Progressing"));

        // then
        assertThat(succeeded).extracting(Command::revision).containsExactly("main@sha1:a1b2");
        assertThat(other).isEmpty();
    }

    @Test
    void aTagStartsAndABranchDoesNot() {
        assertThat(pushed("refs/tags/v1.4.2").getFirst().revision()).isEqualTo("1.4.2");
        assertThat(pushed("refs/tags/v1.4.2").getFirst().context()).isEqualTo(Map.of("version", "1.4.2"));
        assertThat(pushed("refs/heads/main")).isEmpty();
    }

    @Test
    void aReleaseStarts() {
        // when
        var github = commands(Kind.GITHUB, "github", Map.of("x-github-event", "release"), """
                {"action": "published", "release": {"tag_name": "v2", "prerelease": false}, "repository": {"id": 7, "name": "checkout"}}""");
        var gitlab = commands(Kind.GITLAB, "gitlab", Map.of("x-gitlab-event", "Release Hook"), """
                {"action": "create", "tag": "v2", "project": {"id": 9, "name": "checkout"}}""");

        // then
        assertThat(github).extracting(Command::revision).containsExactly("v2");
        assertThat(gitlab).extracting(Command::revision).containsExactly("v2");
    }

    @Test
    void aTagOfGitLabStartsAndItsDeletionDoesNot() {
        // given
        var body =
                "{\"ref\": \"refs/tags/v2\", \"checkout_sha\": %s, \"project\": {\"id\": 9, \"name\": \"checkout\"}}";
        var headers = Map.of("x-gitlab-event", "Tag Push Hook");

        // when / then
        assertThat(commands(Kind.GITLAB, "gitlab", headers, body.formatted("\"a1\"")))
                .extracting(Command::revision)
                .containsExactly("v2");
        assertThat(commands(Kind.GITLAB, "gitlab", headers, body.formatted("null")))
                .isEmpty();
    }

    @Test
    void whatOneSenderSaysIsNothingToTheRulesOfAnother() {
        assertThat(commands(Kind.GITLAB, "gitlab", Map.of(), """
                {"uid": "u1", "application": "checkout", "project": "shop", "revision": "a1b2"}""")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../checkout", "/etc/passwd", "none", "a//b", ""})
    void aFileThatIsNotInTheFolderIsNoFile(String application) {
        // when
        var found = found(deployed(), Kind.ARGOCD, "argocd", Map.of(), """
                {"uid": "u1", "application": "%s", "project": "shop", "revision": "a1b2"}""".formatted(application));

        // then
        assertThat(found.starts()).isEmpty();
        assertThat(found.unfit()).singleElement().asString().contains("rule synced");
    }

    @Test
    void aFileAboutAnotherApplicationIsNotStarted() throws IOException {
        // given
        Files.writeString(folder.resolve("cart.yaml"), "version: v1\napplication: shop/checkout\n");

        // when
        var found = found(deployed(), Kind.ARGOCD, "argocd", Map.of(), """
                {"uid": "u1", "application": "cart", "project": "shop", "revision": "a1b2"}""");

        // then
        assertThat(found.starts()).isEmpty();
        assertThat(found.unfit()).singleElement().asString().contains("shop/cart");
    }

    @Test
    void aRuleThatCanNotBeCarriedOutStopsNoOther() {
        // given
        var rules = """
                rules:
                  - {name: bad, from: argocd, when: "true", file: none.yaml, revision: "{{body.revision}}"}
                  - {name: good, from: argocd, when: "true", file: checkout.yaml, revision: "{{body.revision}}"}
                """;

        // when
        var found = found(rules, Kind.ARGOCD, "argocd", Map.of(), "{\"revision\": \"a\"}");

        // then
        assertThat(found.starts()).extracting(Start::rule).containsExactly("good");
        assertThat(found.unfit())
                .singleElement()
                .asString()
                .contains("rule bad")
                .contains("none.yaml");
    }

    @Test
    void anIdOfOnesOwnMakesWhatIsReleasedAgainAnotherStart() {
        // given
        var rules = """
                rules:
                  - {name: one, from: argocd, when: "true", file: checkout.yaml, revision: "{{body.revision}}", id: "{{body.at}}"}
                """;

        // when
        var first = commands(rules, Kind.ARGOCD, "argocd", Map.of(), "{\"revision\": \"a\", \"at\": 1}")
                .getFirst();
        var later = commands(rules, Kind.ARGOCD, "argocd", Map.of(), "{\"revision\": \"a\", \"at\": 2}")
                .getFirst();

        // then
        assertThat(later.id()).isNotEqualTo(first.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules: [{name: a, from: nobody, when: 'true', file: a, revision: a}]",
                "rules: [{name: a, from: argocd, when: 'body.x +', file: a, revision: a}]",
                "rules: [{name: a, from: argocd, when: 'true', file: a}]",
                "rules: [{name: a, from: argocd, when: 'true', file: a, revision: '{{body.x'}]",
                "rules: [{name: a, from: argocd, when: 'true', file: a, revision: a, to: b}]",
                "rules: {}",
            })
    void aFileWithAMistakeIsRefusedWithItsPlace(String yaml) {
        assertThatThrownBy(() -> new RulesFile(SENDERS).read(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(rule a|rules).*");
    }
}
