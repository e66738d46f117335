package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTest {
    @ParameterizedTest
    @CsvSource({
        "commands,       APPLICATION,        delete,  LogAppendTime",
        "metrics,        APPLICATION_TARGET, delete,  LogAppendTime",
        "metrics-placed, APPLICATION_TARGET, delete,  LogAppendTime",
        "analyses,       APPLICATION_TARGET, compact, CreateTime",
        "verdicts,       APPLICATION,        delete,  CreateTime",
        "weights,        ROUTE,              compact, CreateTime",
        "weight-reports, APPLICATION,        delete,  CreateTime",
        "status,         APPLICATION_TARGET, compact, CreateTime",
        "audit,          APPLICATION,        delete,  CreateTime"
    })
    void topicsAreAsTheTableOfMessagesSays(String word, Topic.Key key, String cleanup, String timestamp) {
        // given
        var topic = java.util.Arrays.stream(Topic.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();

        // then
        assertThat(topic.key()).isEqualTo(key);
        assertThat(topic.settings()).containsEntry("cleanup.policy", cleanup);
        assertThat(topic.settings().getOrDefault("message.timestamp.type", "CreateTime"))
                .isEqualTo(timestamp);
    }

    @Test
    void thereAreNineTopicsAndAuditIsKeptLongest() {
        assertThat(Topic.values()).hasSize(9);
        assertThat(retention(Topic.AUDIT)).isGreaterThan(10 * retention(Topic.COMMANDS));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(Topic.class)
    void aCompactedTopicIsCompactedSoon(Topic topic) {
        // given
        var settings = topic.settings();

        // then
        assertThat(topic.isCompacted()).isEqualTo("compact".equals(settings.get("cleanup.policy")));
        if (topic.isCompacted()) {
            assertThat(settings)
                    .containsEntry("segment.ms", "600000")
                    .containsEntry("max.compaction.lag.ms", "600000")
                    .containsEntry("min.cleanable.dirty.ratio", "0.1");
        } else {
            assertThat(settings).doesNotContainKey("segment.ms");
        }
    }

    @Test
    void namesCarryThePrefix() {
        assertThat(Topic.WEIGHT_REPORTS.name("eu.")).isEqualTo("eu.weight-reports");
        assertThat(Topic.WEIGHT_REPORTS.deadLetters("eu.")).isEqualTo("eu.weight-reports.dlq");
        assertThat(Topic.COMMANDS.name(Topic.DEFAULT_PREFIX)).isEqualTo("rollout.commands");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(Topic.class)
    void aDeadLetterHasRoomForItsHeaders(Topic topic) {
        // given
        var live = Integer.parseInt(topic.settings().get("max.message.bytes"));
        var dead = Integer.parseInt(topic.deadLetterSettings().get("max.message.bytes"));

        // then
        assertThat(live).isGreaterThan(topic.maxBytes());
        assertThat(dead).isGreaterThanOrEqualTo(topic.maxBytes() + Topic.DEAD_LETTER_HEADROOM_BYTES);
        assertThat(dead).isGreaterThan(live);
    }

    private static long retention(Topic topic) {
        return Long.parseLong(topic.settings().get("retention.ms"));
    }
}
