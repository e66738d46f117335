package dev.sluice.bench.gate;

import dev.sluice.gate.core.Gate;
import dev.sluice.gate.kafka.GateCourse;
import dev.sluice.sandbox.ParentWatch;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.logging.LogManager;

/** A JVM that reads a course as the gate does, and tells what its heap holds when only the windows and analyses are left. */
final class HeapMain {
    private HeapMain() {}

    public static void main(String[] arguments) {
        ParentWatch.endWithParent();
        LogManager.getLogManager().reset();
        var core = coreAfter(Course.of(arguments));
        try {
            System.out.println(usedBytes());
        } finally {
            Reference.reachabilityFence(core);
        }
        System.exit(0);
    }

    private static Gate coreAfter(Course course) {
        try (var consumer = course.consumer();
                var gate = new GateCourse(course.bootstrapServers(), course.prefix(), course.partitions())) {
            gate.begin(course.start(), OpenAnalyses.asRead(course.analyses(), course.start()));
            for (var read = 0L; read < course.events(); ) {
                var records = consumer.poll(Duration.ofSeconds(1));
                gate.take(records);
                read += records.count();
            }
            return gate.core();
        }
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
