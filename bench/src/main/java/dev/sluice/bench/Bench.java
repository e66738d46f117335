package dev.sluice.bench;

import java.util.List;
import java.util.function.Consumer;

/**
 * Something that is measured, chosen by {@code -Dbench=}. A new bench is one class and its line in
 * {@code META-INF/services/dev.sluice.bench.Bench}.
 */
public interface Bench {
    /** What {@code -Dbench=} calls it. */
    String name();

    /** What holds where a property is not set. */
    default BenchSettings.Defaults defaults() {
        return new BenchSettings.Defaults(100, 200, 120);
    }

    /**
     * Measures. A number that misses its aim is a result; a run that could not be completed is an exception.
     *
     * @param say tells people what goes on, in lines
     */
    List<Row> run(BenchSettings settings, Consumer<String> say) throws InterruptedException;
}
