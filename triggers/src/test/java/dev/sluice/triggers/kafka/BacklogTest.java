package dev.sluice.triggers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final List<Integer> all = IntStream.range(0, 250).boxed().toList();
    private final Backlog<Integer> backlog = new Backlog<>(all);

    @Test
    void aFewAreSentAtOnceInOrder() {
        // given
        var sent = new ArrayList<List<Integer>>();

        // when
        backlog.send(sent::add);

        // then
        assertThat(sent).extracting(List::size).containsExactly(100, 100, 50);
        assertThat(sent.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
    }

    @Test
    void whatIsSentIsNotSentAgainWhereWhatFollowsIsNot() {
        // given
        var sent = new ArrayList<Integer>();
        assertThatThrownBy(() -> backlog.send(few -> {
                    if (!sent.isEmpty()) {
                        throw new IllegalStateException("Kafka is away");
                    }
                    sent.addAll(few);
                }))
                .hasMessage("Kafka is away");

        // when
        backlog.send(sent::addAll);

        // then
        assertThat(sent).containsExactlyElementsOf(all);
    }
}
