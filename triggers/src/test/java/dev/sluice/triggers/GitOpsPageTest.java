package dev.sluice.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.triggers.config.TriggersConfig;
import dev.sluice.triggers.core.Wish;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/gitops.md as they stand there and in the folder that it points to. */
class GitOpsPageTest {
    private static final Path PAGE = Path.of("../docs/gitops.md");
    private static final Path FOLDER = Path.of("deploy");

    private static List<String> blocks(String kind) throws IOException {
        return Pattern.compile("^```" + kind + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** An unknown setting of the triggers' ends it. */
    private static TriggersConfig.Triggers config(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return new SmallRyeConfigBuilder()
                .withMapping(TriggersConfig.class)
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "page", 500))
                .build()
                .getConfigMapping(TriggersConfig.class)
                .triggers();
    }

    @Test
    void theFilesOfTheFolderAreThoseOfThePage() throws IOException {
        assertThat(blocks("properties")).containsExactly(Files.readString(FOLDER.resolve("triggers.properties")));
        assertThat(blocks("yaml")).contains(Files.readString(FOLDER.resolve("rules.yaml")));
    }

    @Test
    void theResourceOfThePageIsAFileThatTheEngineTakes() throws IOException {
        // given
        var resource = new YAMLMapper().readTree(blocks("yaml").getFirst());

        // when
        var wish = Wish.of(resource.path("spec"));

        // then
        assertThat(wish.revision()).isEqualTo("1.4.2");
        assertThat(new RolloutFileReader().read(wish.file(), RolloutFileReader.Overrides.NONE))
                .isInstanceOf(RolloutFileReader.Read.Valid.class);
    }

    @Test
    void everyYamlOfThePageIsYaml() throws IOException {
        for (var block : blocks("yaml")) {
            try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(block)) {
                assertThat(documents.readAll())
                        .isNotEmpty()
                        .allSatisfy(each -> assertThat(each.isObject()).isTrue());
            }
        }
    }

    @Test
    void everySenderIsOfAKindThatThePageNames() throws IOException {
        // when
        var hooks = config(blocks("properties").getFirst()).hooks();

        // then
        assertThat(hooks.senders().values())
                .extracting(TriggersConfig.Sender::kind)
                .containsExactlyInAnyOrder("argocd", "flux", "flux-hmac", "github", "gitlab", "cdevents")
                .allSatisfy(kind -> assertThat(Files.readString(PAGE)).contains("| `" + kind + "` |"));
        assertThat(hooks.senders().get("flux").secret().file()).contains(Path.of("/etc/sluice/secrets/flux"));
    }

    @Test
    void everyDefaultIsTheOneThatThePageSays() throws IOException {
        // given
        var page = Files.readString(PAGE);
        var unsaid = config("");

        // then
        for (var setting : Map.of(
                        "resources", unsaid.resources(),
                        "deployments.watch", unsaid.deployments().watch(),
                        "reach-back", unsaid.reachBack(),
                        "ask-again-after", unsaid.askAgainAfter(),
                        "hooks.reload-every", unsaid.hooks().reloadEvery())
                .entrySet()) {
            assertThat(page).contains("| `sluice.triggers." + setting.getKey() + "` | `" + setting.getValue() + "` |");
        }
    }
}
