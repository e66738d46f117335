package dev.sluice.bench.latency;

import java.util.Locale;

/** What things are called in a run. Application, root Service and TrafficSplit share one name. */
final class Names {
    static final String NAMESPACE = "bench";
    static final String CLUSTER = "local";
    static final String TARGET = "local";
    /** The object that the floor writes; no rollout names it. */
    static final String FLOOR = "floor";

    private Names() {}

    static String service(int number) {
        return String.format(Locale.ROOT, "app-%03d", number);
    }

    static String canaryService(String service) {
        return service + "-canary";
    }

    static String application(String service) {
        return NAMESPACE + "/" + service;
    }
}
