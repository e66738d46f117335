package dev.sluice.gate.format.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One metric of OTLP with its data points, as it comes in field by field. */
final class OtlpMetric {
    static final String SCOPE_NAME = "otel.scope.name";
    static final String SCOPE_VERSION = "otel.scope.version";

    enum Kind {
        NONE,
        GAUGE,
        SUM,
        HISTOGRAM,
        EXPONENTIAL,
        SUMMARY
    }

    enum Temporality {
        UNSPECIFIED,
        DELTA,
        CUMULATIVE;

        /** By its number in the protocol. */
        static Temporality of(int number) {
            return number == 1 ? DELTA : number == 2 ? CUMULATIVE : UNSPECIFIED;
        }
    }

    /** Of the whole resource; filled before or after the metric is. */
    final Map<String, String> resource;

    /** Name and version of the library that measures: two of them in one process may count by the same name. */
    final Map<String, String> scope;

    final List<OtlpPoint> points = new ArrayList<>();
    String name = "";
    Kind kind = Kind.NONE;
    Temporality temporality = Temporality.UNSPECIFIED;
    boolean monotonic;

    OtlpMetric(Map<String, String> resource, Map<String, String> scope) {
        this.resource = resource;
        this.scope = scope;
    }
}
