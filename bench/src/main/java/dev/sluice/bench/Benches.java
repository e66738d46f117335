package dev.sluice.bench;

import java.util.List;
import java.util.ServiceLoader;

/** The benches there are. */
final class Benches {
    private Benches() {}

    /** @throws IllegalArgumentException for an unknown name, with the known ones */
    static Bench named(String name) {
        var known = all();
        return known.stream()
                .filter(bench -> bench.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no bench '%s'; known: %s"
                        .formatted(name, known.stream().map(Bench::name).toList())));
    }

    private static List<Bench> all() {
        return ServiceLoader.load(Bench.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
