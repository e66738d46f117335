package dev.sluice.bench.applier;

import dev.sluice.bench.Bench;
import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import dev.sluice.bench.rig.Sluice;
import dev.sluice.sandbox.SluiceService;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Times the applier alone, as it is deployed, with orders from a bare producer: writes per second of many routes at once
 * against a bare loop of PUTs, one order at a time against a bare way of the same hops, and from a hand's edit to its
 * repair. {@code -Dbench.rollouts} are routes, {@code -Dbench.samples} rounds in which each is written once.
 */
public final class ApplierBench implements Bench {
    @Override
    public String name() {
        return "applier";
    }

    @Override
    public BenchSettings.Defaults defaults() {
        return new BenchSettings.Defaults(500, 10, 20);
    }

    @Override
    public List<Row> run(BenchSettings settings, Consumer<String> say) throws InterruptedException {
        try (var sluice = Sluice.start(settings, List.of(SluiceService.APPLIER), say)) {
            var rows = Stream.<Row>builder();
            for (var way : Way.values()) {
                try (var course = new Course(way, settings, sluice.platform(), say)) {
                    course.rows(name()).forEach(rows);
                }
            }
            return rows.build().toList();
        }
    }
}
