package dev.sluice.gate.statistics;

import dev.sluice.gate.statistics.Classified.Label;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What metrics together come to, by Kayenta's rules: the weighted share of those that pass in each group.
 *
 * @param value 0 to 100, with two decimals
 * @param reason why the value is 0 whatever passed; empty where that isn't so
 */
public record CanaryScore(double value, Grade grade, Reason reason) {
    private static final double MOST_WITHOUT_DATA = 0.5;

    /** Against the two limits of a canary configuration. */
    public enum Grade {
        PASS,
        MARGINAL,
        FAIL
    }

    /** What overrules the groups. */
    public enum Reason {
        NONE,
        CRITICAL,
        TOO_LITTLE_DATA
    }

    /** The metric and the groups that it belongs to. */
    public record Metric(Classified classified, List<String> groups) {}

    /**
     * Of all metrics that aren't muted. Groups without a weight share what is left of 100.
     *
     * @param weights by group, in percent
     * @param pass the least score that passes
     * @param marginal the least score that isn't a failure
     */
    public static CanaryScore of(List<Metric> metrics, Map<String, Double> weights, double pass, double marginal) {
        var reason = reason(metrics);
        var value = reason == Reason.NONE ? rounded(sum(byGroup(metrics), weights)) : 0;
        return new CanaryScore(value, grade(value, pass, marginal), reason);
    }

    private static Grade grade(double value, double pass, double marginal) {
        if (value >= pass) {
            return Grade.PASS;
        }
        return value >= marginal ? Grade.MARGINAL : Grade.FAIL;
    }

    private static Reason reason(List<Metric> metrics) {
        if (metrics.stream()
                .anyMatch(it -> it.classified().isCritical() && it.classified().label() != Label.PASS)) {
            return Reason.CRITICAL;
        }
        var withoutData = metrics.stream()
                .filter(it -> it.classified().label() == Label.NODATA)
                .count();
        return withoutData > 0 && withoutData >= MOST_WITHOUT_DATA * metrics.size()
                ? Reason.TOO_LITTLE_DATA
                : Reason.NONE;
    }

    private static Map<String, List<Label>> byGroup(List<Metric> metrics) {
        var groups = new TreeMap<String, List<Label>>();
        for (var metric : metrics) {
            for (var group : metric.groups()) {
                groups.computeIfAbsent(group, name -> new ArrayList<>())
                        .add(metric.classified().label());
            }
        }
        return groups;
    }

    private static double sum(Map<String, List<Label>> groups, Map<String, Double> weights) {
        var unnamed =
                groups.keySet().stream().filter(it -> !weights.containsKey(it)).count();
        var given = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        var otherwise = unnamed == 0 ? 0 : (100 - given) / unnamed;
        double sum = 0;
        for (var group : groups.entrySet()) {
            sum += score(group.getValue()) * weights.getOrDefault(group.getKey(), otherwise) / 100;
        }
        return sum;
    }

    /** A group of which nothing is known stands for a good one: there is a rule of its own for too little data. */
    private static double score(List<Label> labels) {
        var counted = labels.stream()
                .filter(it -> it != Label.NODATA && it != Label.ERROR)
                .count();
        var passed = labels.stream().filter(it -> it == Label.PASS).count();
        return counted == 0 ? 100 : 100.0 * passed / counted;
    }

    private static double rounded(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }
}
