package dev.sluice.bench.gate;

import dev.sluice.gate.kafka.GateCourse;
import java.time.Duration;

/** The gate's own way from polled records to verdicts, on a consumer as its own. */
final class GateAtWork implements Contestant {
    private final Course course;
    private final int analyses;

    GateAtWork(Course course, int analyses) {
        this.course = course;
        this.analyses = analyses;
    }

    @Override
    public Lap lap() {
        try (var consumer = course.consumer();
                var gate = new GateCourse(course.bootstrapServers(), course.prefix(), course.partitions())) {
            gate.begin(course.start(), OpenAnalyses.of(Math.min(analyses, course.services()), course.start()));
            var read = 0L;
            var watch = new Watch();
            while (read < course.events()) {
                var records = consumer.poll(Duration.ofSeconds(1));
                if (!records.isEmpty()) {
                    watch.start();
                }
                gate.take(records);
                read += records.count();
            }
            watch.stop();
            if (gate.kept() != course.events()) {
                throw new IllegalStateException("%d of %d events were kept".formatted(gate.kept(), course.events()));
            }
            return new Lap(read, watch.nanos(), watch.cpuNanos(), gate.parseNanos(), gate.coreNanos(), gate.verdicts());
        }
    }
}
