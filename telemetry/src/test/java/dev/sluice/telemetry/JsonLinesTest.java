package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static ExtLogRecord line(String message, Map<String, String> about) {
        var line = new ExtLogRecord(Level.WARN, message, "test");
        line.setLoggerName("dev.sluice.test");
        line.setMdc(about);
        return line;
    }

    private static Map<String, Object> read(ExtLogRecord line) throws Exception {
        var text = new JsonLines().format(line);
        assertThat(text).endsWith("\n");
        assertThat(text.strip()).doesNotContain("\n");
        return new ObjectMapper().readValue(text, new TypeReference<>() {});
    }

    @Test
    void aLineIsOneObjectThatSaysWhatItIsAbout() throws Exception {
        // when
        var fields = read(line("first\n{\"level\":\"forged\"}", Map.of("application", "shop/checkout", "route", "r")));

        // then
        assertThat(fields)
                .containsEntry("level", "WARN")
                .containsEntry("logger", "dev.sluice.test")
                .containsEntry("message", "first\n{\"level\":\"forged\"}")
                .containsEntry("application", "shop/checkout")
                .containsEntry("route", "r")
                .doesNotContainKey("error");
    }

    @Test
    void whatALineIsAboutNeverTakesThePlaceOfWhatItSays() throws Exception {
        assertThat(read(line("true", Map.of("message", "false")))).containsEntry("message", "true");
    }

    @Test
    void anErrorBringsItsStackAlong() throws Exception {
        // given
        var line = line("broke off", Map.of());
        line.setThrown(new IllegalStateException("no broker"));

        // then
        assertThat(read(line).get("error").toString()).startsWith("java.lang.IllegalStateException: no broker\n");
    }

    @Test
    void aLineLooksAsDocsObservabilityMdShows() throws Exception {
        // given
        var page = Files.readString(Path.of("../docs/observability.md"));
        var block = page.substring(page.indexOf("```json\n") + "```json\n".length());
        var shown = new ObjectMapper()
                .readValue(block.substring(0, block.indexOf("```")), new TypeReference<Map<String, Object>>() {});

        // when
        var written = read(line("decided", Map.of("application", "a", "target", "t", "rollout", "r")));

        // then
        assertThat(shown).containsOnlyKeys(written.keySet());
    }
}
