package dev.sluice.dashboard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTemplateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://grafana.example",
                "http://localhost:3000/d/canary?var-app={application}&from={startedAtMillis}&to={untilMillis}",
                "https://tickets.example/browse/{label.ticket}",
                "https://tickets.example/browse/{label.example.com/ticket}#top",
                "https://[::1]:3000/{target}?q=%7Bapp%3D%22{application}%22%7D"
            })
    void takesWhatLeadsToTheWeb(String url) {
        assertThat(LinkTemplate.of("more", url).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "javascript:alert({application})",
                "JaVaScRiPt:alert(1)",
                "data:text/html,x",
                "//grafana.example/{application}",
                "https://{cluster}/d",
                "https://{label.host}.example/d",
                "https://user\\@grafana.example/",
                "https:///d",
                "https://grafana.example/a b",
                "https://grafana.example/a\nb"
            })
    void refusesWhatDoesNotOrWhoseHostAStatusCouldChoose(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkTemplate.of("more", url))
                .withMessageContaining("sluice.dashboard.links.more.url")
                .withMessageContaining("http:// or https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{app}", "{}", "{Application}", "{label.}", "{label}", "{ application}"})
    void namesAllPlaceholdersWhereOneIsUnknown(String placeholder) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> LinkTemplate.of("more", "https://grafana.example/?q=" + placeholder.replace(" ", "+")))
                .withMessageContaining(
                        "is no placeholder: write one of application, target, cluster, namespace, rollout,")
                .withMessageContaining("label.<name>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{application", "application}", "{{application}}"})
    void saysHowABraceIsWrittenThatBelongsToNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkTemplate.of("more", "https://grafana.example/?q=" + text))
                .withMessageContaining("%7B");
    }

    @Test
    void refusesWhatIsTooLong() {
        var longest = "https://grafana.example/" + "x".repeat(2000 - 24);
        assertThat(LinkTemplate.of("more", longest).url()).hasSize(2000);
        assertThatIllegalArgumentException().isThrownBy(() -> LinkTemplate.of("more", longest + "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> LinkTemplate.of("x".repeat(101), longest));
        assertThatIllegalArgumentException().isThrownBy(() -> LinkTemplate.of(" ", longest));
    }

    @Test
    void takesTheLinksOfDocsDashboardMd() throws IOException {
        // given
        var page = Files.readString(Path.of("../docs/dashboard.md"));
        var block = page.substring(page.indexOf("```properties\n") + "```properties\n".length());
        var links = new Properties();
        links.load(new StringReader(block.substring(0, block.indexOf("```"))));

        // then
        assertThat(links).hasSize(2).allSatisfy((setting, url) -> {
            assertThat(setting.toString()).matches("sluice\\.dashboard\\.links\\..+\\.url");
            assertThat(LinkTemplate.of("more", url.toString()).url()).isEqualTo(url);
        });
    }
}
