package dev.sluice.gate.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TemplateTest {
    private static final String HOSTILE = "x\"} or vector(0) #'`\\";

    @Test
    void fillsInWhatCdAsAServiceNames() throws Unanswered {
        // given
        var known =
                Map.of("application", "shop/checkout", "target", "prod", "rollout", "r-1", "replicaSet", "checkout-5f");
        var question = new Question(
                "",
                Instant.parse("2026-11-30T10:00:00Z"),
                Instant.parse("2026-11-30T10:01:30Z"),
                Duration.ofSeconds(30),
                RolloutVariables.of(known, Map.of("version", "1.4.2")));

        // when
        var text = rendered("""
                a{app="{{armory.applicationName}}",env='{{ armory.environmentName }}',id="{{armory.deploymentId}}",\
                rs=`{{armory.replicaSetName}}`,v="{{context.version}}"}[{{armory.promQlStepInterval}}] \
                {{armory.startTimeEpochSeconds}} {{armory.endTimeEpochMillis}} {{armory.startTimeIso8601}} \
                {{armory.intervalSeconds}} {{armory.intervalMillis}} {{application}} {{from}} {{to}} {{interval}} {{step}}""", Quoting.PROMQL, question.names());

        // then
        assertThat(text)
                .isEqualTo("a{app=\"shop/checkout\",env='prod',id=\"r-1\",rs=`checkout-5f`,v=\"1.4.2\"}[90s]"
                        + " 1796032800 1796032890000 2026-11-30T10:00:00Z 90 90000 shop/checkout"
                        + " 2026-11-30T10:00:00Z 2026-11-30T10:01:30Z 90s 30s");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "PROMQL,    a{b=\"{{x}}\"}, |a{b=\"x\\\"} or vector(0) #'`\\\\\"}|",
                "PROMQL,    a{b='{{x}}'},   |a{b='x\"} or vector(0) #\\'`\\\\'}|",
                "DOUBLED,   a = '{{x}}',    |a = 'x\"} or vector(0) #''`\\'|",
                "JSON,      {\"a\":\"{{x}}\"}, |{\"a\":\"x\\\"} or vector(0) #'`\\\\\"}|",
                "URL,       /q?a={{x}},     /q?a=x%22%7D%20or%20vector%280%29%20%23%27%60%5C",
            })
    void keepsAValueAValue(Quoting quoting, String template, String expected) throws Unanswered {
        // given / when / then
        assertThat(rendered(template, quoting, Map.of("x", HOSTILE))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = Quoting.class,
            names = {"PROMQL", "BACKSLASH", "DOUBLED"})
    void letsOnlyNamesAndNumbersStandOutsideOfQuotes(Quoting quoting) throws Unanswered {
        // given / when / then
        assertThat(rendered("a[{{x}}]", quoting, Map.of("x", "90s"))).isEqualTo("a[90s]");
        assertRefused("a[{{x}}]", quoting, HOSTILE, "{{x}} stands outside of quotes");
        assertRefused("a`{{x}}`", quoting, HOSTILE, "{{x}} has a character that cannot stand there");
        assertRefused("a\"{{x}}\"", quoting, "a\nb", "{{x}} has a character that cannot stand there");
        assertRefused("a'{{x}}", quoting, "b", "a quote (') of the template is not closed");
    }

    @Test
    void readsPromQlAsPrometheusDoes() throws Unanswered {
        // given / when / then
        assertThat(rendered("a # don't\n[{{x}}]", Quoting.PROMQL, Map.of("x", "5m")))
                .isEqualTo("a # don't\n[5m]");
        assertThat(rendered("a{b=\"\\\"{{x}}\"}", Quoting.PROMQL, Map.of("x", "\"")))
                .isEqualTo("a{b=\"\\\"\\\"\"}");
        assertRefused("a{b=\"\\{{x}}\"}", Quoting.PROMQL, "\"", "a backslash stands before {{x}}");
        assertRefused("a # don't\n{{x}}'", Quoting.PROMQL, "a b", "{{x}} stands outside of quotes");
    }

    @Test
    void namesWhatIsKnownWhereANameIsNot() {
        // given
        var names = Map.of("application", "a", "context.version", "1");

        // when / then
        assertThatExceptionOfType(Unanswered.class)
                .isThrownBy(() -> Template.render("{{context.ver}}", Quoting.PROMQL, names))
                .withMessage("the template names {{context.ver}}, which is not known here;"
                        + " known are application, context.version")
                .matches(unanswered -> !unanswered.isRetryable());
    }

    private static String rendered(String template, Quoting quoting, Map<String, String> names) throws Unanswered {
        return Template.render(template, quoting, names);
    }

    private static void assertRefused(String template, Quoting quoting, String value, String words) {
        assertThatExceptionOfType(Unanswered.class)
                .isThrownBy(() -> Template.render(template, quoting, Map.of("x", value)))
                .withMessageStartingWith(words);
    }
}
