package dev.sluice.sandbox.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.Topic;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class TestResourcesTest {
    @Test
    void kafkaComesWithItsTopicsUnderThePrefixThatWasAskedFor() throws Exception {
        // given
        var resource = new KafkaTestResource();
        resource.init(Map.of("prefix", "mine."));
        try {
            // when
            var settings = resource.start();
            // then
            try (var admin = Admin.create(Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers")))) {
                assertThat(admin.listTopics().names().get()).contains(Topic.STATUS.name("mine."));
            }
        } finally {
            resource.stop();
        }
    }

    @Test
    void postgresIsReachedWithTheSettingsItReturns() throws Exception {
        // given
        var resource = new PostgresTestResource();
        try {
            // when
            var settings = resource.start();
            // then
            try (var connection = DriverManager.getConnection(
                    settings.get("quarkus.datasource.jdbc.url"),
                    settings.get("quarkus.datasource.username"),
                    settings.get("quarkus.datasource.password"))) {
                assertThat(connection.isValid(5)).isTrue();
            }
        } finally {
            resource.stop();
        }
    }

    @Test
    void anUnknownChoiceIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> PartsChoice.of("podman")).hasMessageContaining("embedded, containers, auto");
        assertThatThrownBy(() -> KubernetesPart.Choice.of("kind")).hasMessageContaining("real, mock, auto");
    }

    @Test
    void theNewestLocalImageIsTheOneWithTheHighestVersion() {
        // given
        var images = new LocalImages(
                List.of("apache/kafka:3.9.0", "apache/kafka:4.1.1", "apache/kafka:4.0.10", "postgres:9"));
        // when / then
        assertThat(images.newest("apache/kafka", "")).contains("apache/kafka:4.1.1");
        assertThat(images.newest("apache/kafka", "4.0")).contains("apache/kafka:4.0.10");
        assertThat(images.newest("postgres", "18")).isEmpty();
    }
}
