package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.Helm.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Strimzi's resources are of the topics that the services have, and of the accounts that the chart takes. */
class StrimziTest {
    private static final Path TOPICS = Path.of("strimzi/topics.yaml");
    private static final List<JsonNode> USERS = Yaml.documents(Path.of("strimzi/users.yaml"));

    private static Collection<String> names(List<JsonNode> resources) {
        return resources.stream()
                .map(resource -> resource.at("/metadata/name").asText())
                .toList();
    }

    /** {@code -Ddeploy.write=true} writes it. */
    @Test
    void theTopicsAreThoseThatTheEngineWouldCreate() throws IOException {
        if (Boolean.getBoolean("deploy.write")) {
            Files.writeString(TOPICS, TopicsFile.write());
        }

        assertThat(Yaml.text(TOPICS)).isEqualTo(TopicsFile.write());
    }

    @Test
    void everyAccountMayUseTopicsThatThereAre() {
        // given
        var topics = names(Yaml.documents(TOPICS));

        // when
        var named = USERS.stream()
                .flatMap(user -> Yaml.each(user.at("/spec/authorization/acls")))
                .map(acl -> acl.get("resource"))
                .filter(resource -> resource.get("type").asText().equals("topic")
                        && !resource.path("patternType").asText().equals("prefix"))
                .map(resource -> resource.get("name").asText())
                .toList();

        // then
        assertThat(named).isNotEmpty().allMatch(topics::contains);
    }

    @Test
    void kedaSeesThoseTopicsAndGroupsThatTheChartScalesBy() {
        // given
        var scaled = Values.of("""
                {engine: {autoscaling: {enabled: true}}, gate: {autoscaling: {enabled: true}}}
                """);

        // when
        var asked = Helm.template(Values.least(), scaled)
                .ofKind("ScaledObject")
                .flatMap(object -> Yaml.each(object.at("/spec/triggers")))
                .map(trigger -> trigger.get("metadata"))
                .flatMap(metadata -> Stream.of(
                        "topic " + metadata.get("topic").asText(),
                        "group " + metadata.get("consumerGroup").asText()))
                .distinct()
                .toList();
        var seen = Yaml.each(
                        Yaml.documents(Path.of("strimzi/keda.yaml")).getFirst().at("/spec/authorization/acls"))
                .map(acl -> acl.get("resource"))
                .map(resource -> resource.get("type").asText() + " "
                        + resource.get("name").asText())
                .toList();

        // then
        assertThat(seen).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void everyServiceOfTheChartFindsItsAccount() {
        // when
        var rendered = Helm.template(
                Values.least(), Values.named("everything"), Values.of("kafka: {securityProtocol: SASL_SSL}"));
        var secrets = rendered.pods().values().stream()
                .map(pod -> Yaml.each(pod.at("/containers/0/env"))
                        .filter(variable -> variable.get("name").asText().equals("KAFKA_SASL_JAAS_CONFIG"))
                        .findFirst()
                        .orElseThrow()
                        .at("/valueFrom/secretKeyRef/name")
                        .asText())
                .toList();

        // then
        assertThat(secrets).containsExactlyInAnyOrderElementsOf(names(USERS));
    }
}
