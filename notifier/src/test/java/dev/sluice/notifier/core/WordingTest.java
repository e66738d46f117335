package dev.sluice.notifier.core;

import static dev.sluice.notifier.Statuses.changed;
import static dev.sluice.notifier.Statuses.example;
import static dev.sluice.notifier.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.notifier.core.Content.Fact;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.rollout.cel.StatusExpression;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordingTest {
    private static final Wording WORDING = new Wording(Optional.of(URI.create("https://sluice.example.com")));

    private static Rule rule(String title, String text) {
        return new Rule(
                "any",
                StatusExpression.of("true"),
                List.of(ApplicationPattern.of("*")),
                List.of("room"),
                Optional.ofNullable(title).map(Template::of),
                Optional.ofNullable(text).map(Template::of));
    }

    private static Content content(Status status) {
        return WORDING.content(rule(null, null), status, null);
    }

    @Test
    void anApprovalSaysWhatIsApprovedByWhomAndUntilWhen() {
        // when
        var content = content(example("awaiting-approval"));

        // then
        assertThat(content.title()).isEqualTo("shop/checkout on prod: approval needed");
        assertThat(content.text()).isEqualTo("Revision 1.4.2 waits at step 3 of 7 until it is approved.");
        assertThat(content.link()).isEqualTo("https://sluice.example.com/rollouts/shop/checkout/prod");
        assertThat(content.facts())
                .containsExactly(
                        new Fact("Revision", "1.4.2"),
                        new Fact("Stable", "1.4.1"),
                        new Fact("Step", "3 of 7 (pause)"),
                        new Fact("Weight", "25 %"),
                        new Fact("Roles", "sre"),
                        new Fact("Approved", "1 of 2, by alice"),
                        new Fact("Does not count", "ci@shop"),
                        new Fact("Until", "2026-11-20 14:00 UTC"),
                        new Fact("Led here by", "ci@shop"),
                        new Fact("Since", "2026-11-20 11:59 UTC"));
    }

    @Test
    void aRollbackSaysWhy() {
        // when
        var content = content(changed("rolled-back-with-another-queued", json -> json.put("reason", "5xx 2.1 %")));

        // then
        assertThat(content.title()).endsWith(": rolled back");
        assertThat(content.text()).endsWith(" was taken back: 5xx 2.1 %");
    }

    @Test
    void aDegradedRollbackSaysThatItIsTriedOn() {
        // when
        var content = content(changed(
                "awaiting-approval",
                json -> json.put("phase", "RollingBack")
                        .put("degraded", true)
                        .put("reason", "the API server is away")));

        // then
        assertThat(content.title()).endsWith(": the rollback cannot be carried out");
        assertThat(content.text())
                .isEqualTo(
                        "Traffic could not be taken back from revision 1.4.2 in time; it is tried on without end: the API server is away");
    }

    @Test
    void whatAFreezeHoldsSaysSo() {
        // when
        var frozen = example("frozen");

        // then
        assertThat(content(frozen).title()).endsWith(": held");
        assertThat(content(frozen).text()).contains(frozen.reason());
        assertThat(content(frozen).facts())
                .contains(new Fact("Waits for", "freeze freeze-xmas"), new Fact("Until", "2027-01-02 00:00 UTC"));
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void everyPhaseHasWords(Phase phase) {
        // when
        var content = content(status(1, phase));

        // then
        assertThat(content.title()).startsWith("shop/checkout on prod: ");
        assertThat(content.text()).contains("1.4.2");
    }

    @Test
    void aRulesOwnWordsComeFirst() {
        // given
        var rule = rule(
                "{{status.application}}: {{before.phase}} → {{status.phase}}",
                "{{occasion}} by {{ rule }}, roles {{status.waitingFor.roles}}, analysis {{status.analysis}}: {{link}}");

        // when
        var content = WORDING.content(rule, example("awaiting-approval"), example("analyzing"));

        // then
        assertThat(content.title()).isEqualTo("shop/checkout: Analyzing → AwaitingApproval");
        assertThat(content.text())
                .isEqualTo(
                        "approval by any, roles sre, analysis –: https://sluice.example.com/rollouts/shop/checkout/prod");
    }

    @Test
    void aValueIsNeverATemplateNorASecondLineOfATitle() {
        // given
        var status = changed("awaiting-approval", json -> json.put("reason", "{{link}}\r\nBcc: all@example.com $1"));

        // when
        var content = WORDING.content(rule("{{status.reason}}", null), status, null);

        // then
        assertThat(content.title()).isEqualTo("{{link}} Bcc: all@example.com $1");
    }

    @Test
    void isBounded() {
        // given
        var status = changed(
                "awaiting-approval",
                json -> json.put("reason", "x".repeat(4096)).put("actor", "y".repeat(256)));
        var rule = rule("{{status.reason}}", "{{status.reason}}{{status.reason}}");

        // when
        var content = WORDING.content(rule, status, null);

        // then
        assertThat(content.title()).hasSize(150);
        assertThat(content.text()).hasSize(Template.LONGEST);
        assertThat(content.status()).isEqualTo(status);
    }

    @Test
    void aTargetsNameIsAPartOfALinksPath() {
        // given
        var status = changed("awaiting-approval", json -> json.put("target", "prod eu?#"));

        // when / then
        assertThat(content(status).link())
                .isEqualTo("https://sluice.example.com/rollouts/shop/checkout/prod%20eu%3F%23");
        assertThat(new Wording(Optional.empty())
                        .content(rule(null, null), status, null)
                        .link())
                .isNull();
    }
}
