package dev.sluice.sandbox.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests of one version, counted since the last time that someone asked.
 *
 * @param byCode requests by status code
 * @param latencies counts per bucket of {@link #BOUNDS_MILLIS}, the last one for all above
 */
record Tally(Map<Integer, Long> byCode, List<Long> latencies) {
    static final List<Double> BOUNDS_MILLIS = List.of(2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 1000.0);

    static Tally empty() {
        return new Tally(Map.of(), BOUNDS_MILLIS.stream().map(bound -> 0L).toList()).withOverflow();
    }

    private Tally withOverflow() {
        var counts = new ArrayList<>(latencies);
        counts.add(0L);
        return new Tally(byCode, List.copyOf(counts));
    }

    Tally plus(int code, double millis) {
        var codes = new TreeMap<>(byCode);
        codes.merge(code, 1L, Long::sum);
        var counts = new ArrayList<>(latencies);
        var bucket = bucket(millis);
        counts.set(bucket, counts.get(bucket) + 1);
        return new Tally(codes, counts);
    }

    private static int bucket(double millis) {
        for (int i = 0; i < BOUNDS_MILLIS.size(); i++) {
            if (millis <= BOUNDS_MILLIS.get(i)) {
                return i;
            }
        }
        return BOUNDS_MILLIS.size();
    }

    long requests() {
        return byCode.values().stream().mapToLong(Long::longValue).sum();
    }

    long errors() {
        return byCode.entrySet().stream()
                .filter(code -> code.getKey() >= 500)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
