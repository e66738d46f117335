package dev.sluice.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.rollout.cel.AnswerExpression;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/webhooks.md as they stand there. */
class WebhooksPageTest {
    private static final Path PAGE = Path.of("../docs/webhooks.md");

    /** The blocks that begin with these words. */
    private static List<String> blocks(String kind) throws IOException {
        var blocks = new ArrayList<String>();
        var found = Pattern.compile("^```" + kind + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        while (found.find()) {
            blocks.add(found.group(1));
        }
        return blocks;
    }

    @Test
    void everySettingIsOneAndHasTheDefaultThatThePageSays() throws IOException {
        // given
        var properties = new Properties();
        properties.load(new StringReader(blocks("properties").getFirst()));
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));

        // when: an unknown one would end it
        var said = Calls.config(settings);
        var unsaid = Calls.config(Map.of()).webhooks();

        // then
        assertThat(said.webhooks().publicUrl()).contains("https://sluice.example.com");
        assertThat(said.secrets()).containsEntry("ci-token", "unset");
        assertThat(new Destinations(
                        said.webhooks().hosts(), said.webhooks().networks().orElseThrow()))
                .isNotNull();
        assertThat(unsaid.hosts()).containsExactly("*");
        assertThat(unsaid.publicUrl()).isEmpty();
        assertThat(unsaid.inFlight()).isEqualTo(said.webhooks().inFlight());
        assertThat(unsaid.perHost()).isEqualTo(said.webhooks().perHost());
        assertThat(unsaid.maxResponseBytes()).isEqualTo(said.webhooks().maxResponseBytes());
        assertThat(unsaid.margin()).isEqualTo(said.webhooks().margin());
        assertThat(unsaid.sweep()).isEqualTo(said.webhooks().sweep());
    }

    @Test
    void everyCallbackIsRead() throws IOException {
        // when
        var callbacks = blocks("json callback").stream()
                .map(body -> Callback.read(body, new Scrubbed(List.of())).orElseThrow())
                .toList();

        // then
        assertThat(callbacks).extracting(Callback::success).containsExactly(true, false);
        assertThat(callbacks).extracting(Callback::reason).doesNotContainNull();
        assertThat(callbacks.getFirst().links()).hasSize(1);
    }

    @Test
    void linksAreRead() throws IOException {
        // given
        var json = Json.mapper().readTree(blocks("json").getFirst());

        // when / then
        assertThat(Links.of(json, new Scrubbed(List.of()))).hasSize(1);
    }

    @Test
    void theExpressionTellsGoodFromBad() throws IOException {
        // given
        var expression = AnswerExpression.of(blocks("cel").getFirst().strip());
        var good = Json.mapper().readValue("{\"state\": \"green\", \"checks\": [{\"ok\": true}]}", Object.class);
        var bad = Json.mapper().readValue("{\"state\": \"green\", \"checks\": [{\"ok\": false}]}", Object.class);

        // when / then
        assertThat(expression.failure(200, Map.of(), "", good)).isEmpty();
        assertThat(expression.failure(200, Map.of(), "", bad)).isPresent();
    }

    @Test
    void everyHeaderOfThePageIsSent() throws Exception {
        // given
        var call = Calls.to("https://ci.example.com/").body("{}").withCallback().call();
        var config = Calls.config(Map.of());
        var names = new Names(call, "https://sluice.example.com/a", new Secrets(config));

        // when
        var request =
                Requests.of(call, "https://sluice.example.com/a", names, new Destinations(List.of("*"), List.of()));

        // then
        var page = Files.readString(PAGE);
        var section = page.substring(page.indexOf("## What whoever"), page.indexOf("Whatever is no visible"));
        var named = Pattern.compile("`([A-Z][A-Za-z]*-[A-Za-z-]+)`")
                .matcher(section)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(named).hasSize(7);
        assertThat(request.headers()).containsKeys(named.toArray(String[]::new));
    }
}
