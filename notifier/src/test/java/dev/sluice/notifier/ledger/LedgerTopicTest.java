package dev.sluice.notifier.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.rollout.reader.YamlTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LedgerTopicTest {
    /** The topic's settings in the file for Strimzi. */
    private static Map<String, String> ofStrimzi(String topic) throws Exception {
        var resources =
                Files.readString(Path.of("../deploy/strimzi/topics.yaml")).split("---\n");
        var resource = Arrays.stream(resources)
                .filter(text -> text.contains("name: " + topic + "\n"))
                .findFirst()
                .orElseThrow();
        return YamlTree.parse(resource).at("/spec/config").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
    }

    @Test
    void whereStrimziMakesTheTopicItIsAsTheNotifierWouldMakeIt() throws Exception {
        assertThat(ofStrimzi("rollout.notifications")).isEqualTo(LedgerTopic.settings());
    }
}
