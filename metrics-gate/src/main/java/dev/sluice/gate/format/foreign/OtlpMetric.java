package dev.sluice.gate.format.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One metric of OTLP with its data points, as it comes in field by field. */
final class OtlpMetric {
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

    final List<OtlpPoint> points = new ArrayList<>();
    String name = "";
    Kind kind = Kind.NONE;
    Temporality temporality = Temporality.UNSPECIFIED;
    boolean monotonic;

    OtlpMetric(Map<String, String> resource) {
        this.resource = resource;
    }
}
