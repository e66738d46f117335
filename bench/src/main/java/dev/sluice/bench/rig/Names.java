package dev.sluice.bench.rig;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What things are called in a run. Application, root Service and TrafficSplit share one name. */
public final class Names {
    public static final String NAMESPACE = "bench";
    public static final String CLUSTER = "local";
    public static final String TARGET = "local";
    /** The object that the floor writes; no rollout names it. */
    public static final String FLOOR = "floor";

    private Names() {}

    public static String service(int number) {
        return String.format(Locale.ROOT, "app-%03d", number);
    }

    /** So many, from this number on. */
    public static List<String> services(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(Names::service).toList();
    }

    public static String canaryService(String service) {
        return service + "-canary";
    }

    public static String application(String service) {
        return NAMESPACE + "/" + service;
    }
}
