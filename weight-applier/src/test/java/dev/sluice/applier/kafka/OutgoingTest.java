package dev.sluice.applier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutgoingTest {
    private final Outgoing outgoing = new Outgoing();

    private static ProducerRecord<byte[], byte[]> message(String text) {
        return new ProducerRecord<>("reports", text.getBytes(StandardCharsets.UTF_8));
    }

    private String take() throws InterruptedException {
        return new String(outgoing.take().message().value(), StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("Line 8: a report that wasn't taken is sent again, unless a newer one says what it said")
    void keepsAReportUntilItIsTaken() throws InterruptedException {
        // given
        outgoing.put("route-1", message("waiting"));
        var first = outgoing.take();

        // when
        outgoing.again("route-1", first.message());
        var again = take();
        outgoing.put("route-1", message("applied"));
        outgoing.again("route-1", message("waiting"));

        // then
        assertThat(again).isEqualTo("waiting");
        assertThat(take()).isEqualTo("applied");
    }

    @Test
    @DisplayName("Line 8: what piles up behind a broker that takes nothing is bounded by the number of routes")
    void oneRouteWaitsOnce() throws InterruptedException {
        // given
        outgoing.put("route-1", message("0"));
        outgoing.take();

        // when
        for (int i = 1; i <= 1000; i++) {
            outgoing.put("route-1", message(Integer.toString(i)));
        }
        outgoing.put("route-2", message("other"));

        // then
        assertThat(take()).isEqualTo("other");
        outgoing.done("route-1");
        assertThat(take()).isEqualTo("1000");
    }
}
