package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.deploy.Helm.Values;
import dev.sluice.sandbox.parts.Definitions;
import dev.sluice.sandbox.parts.EndpointMaker;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import dev.sluice.sandbox.parts.PostgresPart;
import dev.sluice.schemas.Topic;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The services as the chart starts them, with a database by TLS and a broker that lets each do what its account in deploy/strimzi may:
 * all get ready, and a rollout is judged and promoted.
 */
class AccountsIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path files;

    @TempDir
    Path logs;

    /** What is there beside the parts; it ends before they do. */
    private record Running(List<DeployedService> services, EndpointMaker endpoints) implements AutoCloseable {
        @Override
        public void close() {
            services.parallelStream().forEach(DeployedService::close);
            endpoints.close();
        }
    }

    @Test
    void whatTheAccountsMayIsWhatTheServicesNeed() throws Exception {
        var users = Yaml.documents(Path.of("strimzi/users.yaml"));
        var certificate = Certificate.make(files);
        try (var kafka = GuardedKafka.start(certificate, Yaml.documents(Path.of("strimzi/topics.yaml")), users);
                var postgres = PostgresPart.start(Map.of(
                        "ssl", "on",
                        "ssl_cert_file", certificate.file().toString(),
                        "ssl_key_file", certificate.key().toString()));
                var kubernetes = KubernetesPart.start(KubernetesPart.Choice.AUTO);
                var client = kubernetes.client();
                var running = new Running(new ArrayList<>(), EndpointMaker.start(client))) {
            // given
            furnish(client);
            configure(certificate);
            var kubeconfig = kubernetes.writeKubeconfig(files.resolve("kubeconfig"));
            var secrets = secrets(users, postgres);
            var services = running.services();
            var rendered = Helm.template(Values.least(), Values.named("guarded"), addresses(kafka, postgres));

            // when
            rendered.pods()
                    .forEach((name, pod) -> services.add(
                            new DeployedService(name, pod.at("/containers/0"), secrets, files, kubeconfig, logs)));

            // then
            assertThat(services).hasSize(6);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(services)
                            .allSatisfy(service -> assertThat(service.probe("/q/health/ready"))
                                    .as(service.name())
                                    .isEqualTo(200)));
            assertThat(services)
                    .allMatch(service -> service.probe("/q/health/started") == 200)
                    .allMatch(service -> service.probe("/q/health/live") == 200);

            // when
            send(kafka, Topic.COMMANDS, start());

            // then
            await().atMost(LIMIT)
                    .until(
                            () -> {
                                send(kafka, Topic.METRICS, events());
                                return phase(kafka);
                            },
                            "Promoted"::equals);
            assertThat(kafka.refusals()).isEmpty();
        }
    }

    private static void furnish(KubernetesClient client) throws IOException {
        MeshKinds.SMI.install(client);
        try (var yaml = Files.newInputStream(Path.of("crds/sluicerollouts.sluice.dev.yaml"))) {
            Definitions.read(client, yaml).forEach(kind -> Definitions.install(client, kind));
        }
        KubernetesPart.createNamespaces(client, List.of("shop"));
        for (var name : List.of("checkout", "checkout-blue", "checkout-green")) {
            client.resource(new ServiceBuilder()
                            .withNewMetadata()
                            .withNamespace("shop")
                            .withName(name)
                            .endMetadata()
                            .withNewSpec()
                            .addToSelector("app", name)
                            .addNewPort()
                            .withPort(80)
                            .endPort()
                            .endSpec()
                            .build())
                    .create();
        }
    }

    private static Values addresses(GuardedKafka kafka, PostgresPart postgres) {
        return Values.of("{kafka: {bootstrapServers: \"%s\"}, database: {host: localhost, port: %d, name: postgres}}"
                .formatted(kafka.bootstrapServers(), postgres.port()));
    }

    /** What a ConfigMap and Secrets are in a cluster. */
    private void configure(Certificate certificate) throws IOException {
        for (var folder : List.of("kafka-ca", "database-ca")) {
            Files.createDirectories(files.resolve(folder));
            Files.copy(certificate.file(), files.resolve(folder).resolve("ca.crt"));
        }
        Files.writeString(files.resolve("rules.yaml"), "rules: []\n");
        Files.writeString(
                files.resolve("notifier.properties"), "sluice.notifier.rules=" + files.resolve("rules.yaml") + "\n");
    }

    private static Map<String, String> secrets(List<JsonNode> users, PostgresPart postgres) {
        var secrets = new HashMap<>(Map.of(
                "sluice-database/username", postgres.user(),
                "sluice-database/password", postgres.password()));
        users.stream()
                .map(user -> user.at("/metadata/name").asText())
                .forEach(name -> secrets.put(name + "/sasl.jaas.config", GuardedKafka.login(name)));
        return secrets;
    }

    private static ObjectNode start() {
        var command = JSON.createObjectNode();
        command.put("id", "release-1.0.0")
                .put("type", "start")
                .put("application", "shop/checkout")
                .put("actor", "me")
                .put("revision", "1.0.0");
        return command.set("rollout", Yaml.documents("""
                version: v1
                application: shop/checkout
                targets:
                  prod: {cluster: prod, namespace: shop, strategy: short}
                strategies:
                  short:
                    canary:
                      steps:
                        - setWeight: {weight: 50}
                        - analysis: {interval: 2s, numberOfJudgmentRuns: 1, queries: [errors]}
                analysis:
                  queries:
                    - name: errors
                      ratio: {numerator: {metric: requests, labels: {code: "500"}}, denominator: {metric: requests}}
                      upperLimit: 0.05
                      minimumSamples: 1
                trafficManagement:
                  - smi: [{rootServiceName: checkout, activeServiceName: checkout-blue, canaryServiceName: checkout-green}]
                """).getFirst());
    }

    private static ObjectNode events() {
        var event = JSON.createObjectNode();
        event.put("application", "shop/checkout")
                .put("target", "prod")
                .put("variant", "canary")
                .put("metric", "requests")
                .put("count", 100);
        event.putObject("labels").put("code", "200");
        return event;
    }

    private static void send(GuardedKafka kafka, Topic topic, JsonNode message) throws Exception {
        try (var producer = new KafkaProducer<>(kafka.admin(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic.name(Topic.DEFAULT_PREFIX), "shop/checkout", message.toString()))
                    .get();
        }
    }

    /** Of the last status; empty before the first. */
    private static String phase(GuardedKafka kafka) throws IOException {
        var name = Topic.STATUS.name(Topic.DEFAULT_PREFIX);
        try (var consumer = new KafkaConsumer<>(kafka.admin(), new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(name).stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var last = "";
            for (var record : consumer.poll(Duration.ofSeconds(2))) {
                last = JSON.readTree(record.value()).path("phase").asText();
            }
            return last;
        }
    }
}
