package dev.sluice.bench.gate;

import java.lang.management.ManagementFactory;

/** How long this thread has been at it, and for how long of that it was on a core. For one thread. */
final class Watch {
    private long nanos;
    private long cpuNanos;

    /** The first call starts it. */
    void start() {
        if (nanos == 0) {
            nanos = System.nanoTime();
            cpuNanos = onCore();
        }
    }

    /** Keeps what it shows. */
    void stop() {
        nanos = System.nanoTime() - nanos;
        cpuNanos = onCore() - cpuNanos;
    }

    long nanos() {
        return nanos;
    }

    long cpuNanos() {
        return cpuNanos;
    }

    private static long onCore() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
