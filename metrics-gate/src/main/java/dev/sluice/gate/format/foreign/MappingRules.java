package dev.sluice.gate.format.foreign;

import com.google.re2j.Pattern;
import dev.sluice.gate.config.GateConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How labels become what a metric event says: a preset's rules, and in their place those that are configured.
 *
 * @param when all must hold, or the sample doesn't count
 * @param extract by label: named groups of the expression become labels too
 * @param revision null where none is asked for
 * @param canary whose label decides the variant; null where the revision does
 * @param stable null: what has the label and isn't the canary
 * @param keep the labels that queries may ask for; empty: the first sixteen by name that nothing else was made of
 * @param drop labels that tell no counters apart, such as which of a pair of servers has scraped it
 * @param totals names of metrics that count from a beginning, where the format doesn't say
 */
record MappingRules(
        List<LabelIs> when,
        Map<String, Pattern> extract,
        Template application,
        Template target,
        Template revision,
        LabelIs canary,
        LabelIs stable,
        Template instance,
        Template metric,
        Set<String> keep,
        Set<String> drop,
        Pattern totals) {
    /** Of buckets and quantiles: without them their numbers mean nothing. */
    static final Set<String> ALWAYS_KEPT = Set.of("le", "quantile");

    private static final int MOST_LABELS = 16 - ALWAYS_KEPT.size();
    private static final String COUNTERS = ".*_(total|count|sum|bucket)";
    private static final List<String> REPLICAS = List.of("prometheus_replica", "__replica__");

    /** @throws IllegalArgumentException saying what is wrong or missing, and what there is */
    static MappingRules of(GateConfig.Mapping config) {
        var preset = config.preset().map(Preset::named).orElse(Preset.NONE);
        var when = config.when().isEmpty() ? preset.when() : config.when();
        var extract = config.extract().isEmpty() ? preset.extract() : config.extract();
        var revision = config.revision().or(() -> Optional.ofNullable(preset.revision()));
        var canary = config.canary().or(() -> Optional.ofNullable(preset.canary()));
        if (revision.isEmpty() && canary.isEmpty()) {
            throw new IllegalArgumentException(
                    "the mapping says neither `canary` nor `revision`: whose measurements are they?");
        }
        return new MappingRules(
                when.entrySet().stream()
                        .map(entry -> new LabelIs(entry.getKey(), LabelIs.compile(entry.getValue())))
                        .toList(),
                extract.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> LabelIs.compile(entry.getValue()))),
                new Template(needed(config.application(), preset.application(), "application")),
                new Template(needed(config.target(), preset.target(), "target")),
                revision.map(Template::new).orElse(null),
                canary.map(LabelIs::parse).orElse(null),
                config.stable().map(LabelIs::parse).orElse(null),
                new Template(config.instance().orElse(preset.instance())),
                new Template(config.metric().orElse("{" + PrometheusJson.NAME_LABEL + "}")),
                keep(config, preset),
                Set.copyOf(config.drop().orElse(REPLICAS)),
                LabelIs.compile(config.totals().orElse(COUNTERS + preset.moreTotals())));
    }

    private static Set<String> keep(GateConfig.Mapping config, Preset preset) {
        var keep = Set.copyOf(config.keep().orElse(preset.keep()));
        if (keep.size() > MOST_LABELS) {
            throw new IllegalArgumentException("the mapping keeps " + keep.size() + " labels; at most " + MOST_LABELS);
        }
        return keep;
    }

    private static String needed(Optional<String> configured, String preset, String what) {
        var text = configured.orElse(preset);
        if (text == null) {
            throw new IllegalArgumentException(
                    "the mapping doesn't say `" + what + "`, as in {label} or as a fixed text");
        }
        return text;
    }

    /** What tells an event apart already. */
    Set<String> used() {
        var used = new HashSet<String>();
        used.addAll(application.labels());
        used.addAll(target.labels());
        used.addAll(instance.labels());
        if (revision != null) {
            used.addAll(revision.labels());
        }
        if (canary != null) {
            used.add(canary.label());
        }
        if (stable != null) {
            used.add(stable.label());
        }
        when.forEach(condition -> used.add(condition.label()));
        return used;
    }
}
