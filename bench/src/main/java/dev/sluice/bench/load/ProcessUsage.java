package dev.sluice.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used so far, as Linux tells it in {@code /proc} (proc_pid_stat(5), proc_pid_status(5)).
 *
 * @param cpuSeconds in user and in kernel mode, of all its threads
 * @param residentBytes of its memory, now
 */
record ProcessUsage(double cpuSeconds, long residentBytes) {
    /** {@code USER_HZ}, which is 100 on every architecture that Linux runs a JVM on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields are counted from 1 in the manual; what follows the command's name begins with the third. */
    private static final int FIRST_FIELD = 3;

    private static final int USER_TICKS = 14;
    private static final int KERNEL_TICKS = 15;

    /** Whether this machine tells. */
    static boolean isKnown() {
        return Files.isReadable(Path.of("/proc/self/stat"));
    }

    /** @throws UncheckedIOException where the process has ended or the machine has no {@code /proc} */
    static ProcessUsage of(long pid) {
        try {
            var folder = Path.of("/proc", Long.toString(pid));
            return of(Files.readString(folder.resolve("stat")), Files.readString(folder.resolve("status")));
        } catch (IOException e) {
            throw new UncheckedIOException("process %d is not in /proc".formatted(pid), e);
        }
    }

    /** Of the texts of {@code stat} and {@code status}. */
    static ProcessUsage of(String stat, String status) {
        // the command's name may itself contain blanks and brackets
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        var ticks =
                Long.parseLong(fields[USER_TICKS - FIRST_FIELD]) + Long.parseLong(fields[KERNEL_TICKS - FIRST_FIELD]);
        var kilobytes = status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no VmRSS: a kernel thread, or a process that has ended"));
        return new ProcessUsage(ticks / TICKS_PER_SECOND, kilobytes << 10);
    }
}
