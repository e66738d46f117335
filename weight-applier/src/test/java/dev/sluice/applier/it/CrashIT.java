package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.sandbox.parts.TrafficSplits;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, killed and started again. */
class CrashIT {
    @TempDir
    Path folder;

    @Test
    @DisplayName("B06 killed in the middle, the applier goes on from the order log and the annotation")
    void goesOnAfterACrash() throws Exception {
        try (var kafka = KafkaPart.start();
                var kubernetes = KubernetesPart.start(KubernetesPart.Choice.AUTO);
                var client = kubernetes.client()) {
            // given
            SluiceTopics.create(kafka.bootstrapServers(), Topic.DEFAULT_PREFIX);
            TrafficSplits.V1ALPHA4.install(client);
            var shop = new Shop(client, "crash", "v1alpha4");
            shop.ready(2, 2);
            var kubeconfig = kubernetes.writeKubeconfig(folder.resolve("kubeconfig"));
            var output = folder.resolve("output");

            try (var desk = new Desk(kafka.bootstrapServers())) {
                var first = PackagedService.start(kafka.bootstrapServers(), kubeconfig, output)
                        .awaitReady();
                desk.send(TestOrder.begins().in("crash"));
                desk.awaitReport(TestOrder.begins().in("crash"), Outcome.APPLIED);

                // when
                desk.send(order(50, 3));
                first.kill();
                desk.send(order(25, 2));
                desk.send(order(75, 4));
                shop.setWeights(60, 40);

                // then
                try (var second = PackagedService.start(kafka.bootstrapServers(), kubeconfig, output)) {
                    // the dead member's session has to run out first
                    second.awaitReady();
                    desk.awaitReport(order(75, 4), Outcome.APPLIED);
                    assertThat(shop.weights()).isEqualTo(Map.of("checkout", 25, "checkout-canary", 75));
                    assertThat(desk.outcomes(order(25, 2))).doesNotContain(Outcome.SUPERSEDED);
                    assertThat(second.metrics()).contains("sluice_applier_routes{cluster=\"prod,staging\"} 1.0");
                }
            }
            assertThat(Files.readString(output)).doesNotContain("ERROR").doesNotContain("Exception");
        }
    }

    private static TestOrder order(int percent, long number) {
        return TestOrder.of(percent)
                .in("crash")
                .numbered(number)
                .until(Instant.now().plus(Duration.ofMinutes(30)));
    }
}
