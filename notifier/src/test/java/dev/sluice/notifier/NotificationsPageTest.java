package dev.sluice.notifier;

import static dev.sluice.notifier.Statuses.changed;
import static dev.sluice.notifier.Statuses.example;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.notifier.config.NotifierConfig;
import dev.sluice.notifier.core.Message;
import dev.sluice.notifier.core.Rule;
import dev.sluice.notifier.core.Watch;
import dev.sluice.notifier.core.Wording;
import dev.sluice.notifier.rules.RulesFile;
import dev.sluice.schemas.message.Status;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/notifications.md as they stand there and in the folder that it points to. */
class NotificationsPageTest {
    private static final Path PAGE = Path.of("../docs/notifications.md");
    private static final Path FOLDER = Path.of("deploy");

    private static String block(String kind) throws IOException {
        var found = Pattern.compile("^```" + kind + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** An unknown setting of the notifier's ends it. */
    private static NotifierConfig config(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        var settings = new HashMap<String, String>(Map.of("SMTP_PASSWORD", "unset"));
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(NotifierConfig.class)
                .withDefaultValue("SMTP_PASSWORD", "unset")
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "page", 500))
                .build();
        return config.getConfigMapping(NotifierConfig.class);
    }

    private static List<Rule> rules() throws IOException {
        return new RulesFile(config(block("properties")).notifier().channels().keySet()).read(block("yaml"));
    }

    private static List<Message> told(Status status) throws IOException {
        var wording = new Wording(config(block("properties")).notifier().dashboardUrl());
        return new Watch(rules(), wording, Statuses.THEN.minusSeconds(1_000_000))
                .see(null, status, Statuses.THEN)
                .orElseThrow()
                .made();
    }

    @Test
    void theFilesOfTheFolderAreThoseOfThePage() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("notifier.properties"))).isEqualTo(block("properties"));
        assertThat(Files.readString(FOLDER.resolve("rules.yaml"))).isEqualTo(block("yaml"));
    }

    @Test
    void everySettingIsOne() throws IOException {
        // when
        var notifier = config(block("properties")).notifier();

        // then
        assertThat(notifier.channels().values())
                .extracting(NotifierConfig.Channel::kind)
                .containsExactlyInAnyOrder("slack", "teams", "email", "webhook");
        assertThat(notifier.channels().get("release-room").url().key()).contains("SLACK_URL");
        assertThat(notifier.channels().get("teams-room").url().file())
                .contains(Path.of("/etc/sluice/secrets/teams-url"));
        assertThat(notifier.channels().get("sre-mail").to())
                .contains(List.of("sre@example.com", "release@example.com"));
        assertThat(notifier.channels().get("pager").secret().key()).contains("PAGER_SECRET");
    }

    @Test
    void everyDefaultIsTheOneThatThePageSays() throws IOException {
        // given
        var page = Files.readString(PAGE);
        var unsaid = config("sluice.notifier.rules=rules.yaml").notifier();

        // then
        for (var setting : Map.of(
                        "reload-every", unsaid.reloadEvery(),
                        "timeout", unsaid.timeout(),
                        "give-up-after", unsaid.giveUpAfter(),
                        "longest-pause", unsaid.longestPause(),
                        "waiting", unsaid.waiting(),
                        "reach-back", unsaid.reachBack())
                .entrySet()) {
            assertThat(page)
                    .containsPattern("`sluice.notifier." + setting.getKey() + "` \\| [^|]+ \\| `" + setting.getValue()
                            + "` \\|");
        }
    }

    @Test
    void theRulesTellWhatTheySay() throws IOException {
        // given
        var live = changed("rolled-back-with-another-queued", json -> json.put("phase", "Promoted"));
        var degraded = changed(
                "rolled-back-with-another-queued",
                json -> json.put("phase", "RollingBack").put("degraded", true));

        // when / then
        assertThat(told(example("awaiting-approval"))).extracting(Message::rule).containsExactly("approval");
        assertThat(told(example("awaiting-approval")).getFirst().deliveries().keySet())
                .isEqualTo(Set.of("release-room", "sre-mail"));
        assertThat(told(example("frozen"))).extracting(Message::rule).containsExactly("frozen");
        assertThat(told(example("rolled-back-with-another-queued")))
                .extracting(Message::rule)
                .contains("taken-back");
        assertThat(told(degraded)).extracting(Message::rule).contains("degraded");
        assertThat(told(live).getFirst().content().title())
                .isEqualTo("shop/checkout %s is live on %s".formatted(live.revision(), live.target()));
    }

    @Test
    void theConditionOfDocsObserveMdIsOne() throws IOException {
        // given
        var page = Files.readString(Path.of("../docs/observe.md"));
        var block = page.substring(page.indexOf("```cel\n") + "```cel\n".length());
        var condition = block.substring(0, block.indexOf("\n"));

        // when
        var rules =
                new RulesFile(Set.of("room")).read("rules: [{name: observed, when: '" + condition + "', to: room}]");

        // then
        assertThat(rules).extracting(Rule::name).containsExactly("observed");
    }
}
