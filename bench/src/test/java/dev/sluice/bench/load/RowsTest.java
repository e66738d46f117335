package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.bench.Row;
import dev.sluice.bench.Timings;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RowsTest {
    private final Rows rows = new Rows("load");

    @Test
    void costsWithManyAreComparedWithThoseWithFew() {
        // given
        var few = stage(100, 200, 1);
        var many = stage(1_000, 2_000, 13);

        // when
        rows.costs(few, Optional.empty());
        rows.costs(many, Optional.of(few));

        // then
        assertThat(row("100 rollouts: CPU per metric event").ratio()).isNull();
        var cost = row("1,000 rollouts: CPU per metric event");
        assertThat(cost.ratio()).isCloseTo(1.3, within(1e-9));
        assertThat(cost.met()).isFalse();
    }

    @Test
    void memoryAndIdleTimeHaveAnAimAtTenThousand() {
        // when
        rows.costs(stage(1_000, 200, 1), Optional.empty());
        rows.costs(stage(10_000, 200, 1), Optional.empty());

        // then
        assertThat(row("1,000 rollouts: resident memory of the three").met()).isNull();
        assertThat(row("10,000 rollouts: resident memory of the three").met()).isTrue();
        assertThat(row("10,000 rollouts: CPU of the three").met()).isTrue();
    }

    @Test
    void aThousandAreToBeginWithinTenSecondsWithoutARefusal() {
        // when
        rows.starts(stage(1_000, 200, 1));

        // then
        assertThat(row("1,000 rollouts start: first weight of the last").met()).isFalse();
        assertThat(row("1,000 rollouts start: calls refused or lost").met()).isFalse();
        assertThat(row("1,000 rollouts start: not begun in time").met()).isTrue();
    }

    private Row row(String name) {
        return rows.all().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whose last weight came after eleven seconds, with a refusal, and whose services used so much in ten seconds. */
    private static Stage stage(int rollouts, long events, double cpuSeconds) {
        var timings = new Timings();
        timings.add(11_000_000_000L);
        var bulk = new Bulk(timings, 0);
        var messages = Stage.TOLD.stream().collect(Collectors.toMap(Function.<Topic>identity(), topic -> 0L));
        var window = new Window(10, usage(0), usage(cpuSeconds), events, messages);
        return new Stage(rollouts, new Starts(bulk, bulk, List.of()), 1, window, 0);
    }

    private static Usage usage(double cpuSeconds) {
        return new Usage(Map.of(
                SluiceService.ENGINE, new ProcessUsage(cpuSeconds, 1 << 20),
                SluiceService.GATE, new ProcessUsage(0, 1 << 20),
                SluiceService.APPLIER, new ProcessUsage(0, 1 << 20)));
    }
}
