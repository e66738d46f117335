package dev.sluice.gate.format.foreign;

import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.core.IdHash;
import dev.sluice.gate.format.Names;
import dev.sluice.schemas.message.MetricEvent;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes metric events of samples, by their labels. What tells a counter from others is the sample with all its labels, kept or not:
 * {@link Mapped.Event#counter} stands for that, so that leaving labels out never makes two counters look like one that begins anew.
 */
public final class Mapping {
    private static final int MOST_LABELS = 16;
    private static final String BOUND = "le";
    private static final int LONGEST_LABEL_NAME = 64;
    private static final int LONGEST_LABEL = 256;
    private static final int LONGEST_APPLICATION = 253;
    private static final int LONGEST_TARGET = 63;
    private static final int LONGEST_METRIC = 128;
    private static final int LONGEST_INSTANCE = 253;
    private static final int LONGEST_REVISION = 256;

    private final MappingRules rules;
    private final Set<String> used;
    private final boolean namesValues;

    private Mapping(MappingRules rules, boolean namesValues) {
        this.rules = rules;
        this.used = rules.used();
        this.namesValues = namesValues;
    }

    /**
     * @param namesValues whether what is no total gets an id by which a repeat is known; totals need none
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Mapping of(GateConfig.Mapping config, boolean namesValues) {
        return new Mapping(MappingRules.of(config), namesValues);
    }

    public Mapped map(ForeignSample sample) {
        if (sample.amount() instanceof Amount.Nothing(var why)) {
            return new Mapped.Dropped(why);
        }
        var labels = withExtracted(sample);
        if (!rules.when().stream().allMatch(condition -> condition.holds(labels))) {
            return new Mapped.Dropped(Drop.NOT_SELECTED);
        }
        var application = application(labels);
        if (application == null) {
            return new Mapped.Dropped(Drop.NO_APPLICATION);
        }
        var target = rules.target().fill(labels);
        if (!isUpTo(LONGEST_TARGET, target) || !Names.isTarget(target)) {
            return new Mapped.Dropped(Drop.NO_TARGET);
        }
        var variant = variant(labels);
        var revision = revision(labels);
        if (variant == null && revision == null) {
            return new Mapped.Dropped(Drop.NO_VARIANT);
        }
        var metric = rules.metric().fill(labels);
        if (!isUpTo(LONGEST_METRIC, metric) || !Names.isMetric(metric)) {
            return new Mapped.Dropped(Drop.METRIC_NAME);
        }
        var amount = typed(sample);
        if (amount instanceof Amount.Nothing(var why)) {
            return new Mapped.Dropped(why);
        }
        var isTotal = amount instanceof Amount.Total || amount instanceof Amount.Totals;
        var isNamed = !isTotal && namesValues && sample.time() != null;
        var kept = kept(labels);
        // all buckets of a histogram are one counter: its bound tells each apart, which is always kept
        var name = isTotal ? name(labels, kept.containsKey(BOUND) ? BOUND : "") : isNamed ? name(labels, "") : null;
        var event = new MetricEvent(
                application,
                target,
                variant,
                revision,
                metric,
                sample.time(),
                amount instanceof Amount.Count(var count) ? count : null,
                amount instanceof Amount.Value(var value) ? value : null,
                amount instanceof Amount.Counts(var counts) ? counts : null,
                amount instanceof Amount.Total(var total) ? total : null,
                amount instanceof Amount.Totals(var totals) ? totals : null,
                isTotal ? sample.since() : null,
                null,
                null,
                kept,
                instance(labels),
                isNamed ? name + "-" + sample.time().toEpochMilli() : null);
        return new Mapped.Event(event, isTotal ? name : null);
    }

    /** The metric's name is one of them. */
    private Map<String, String> withExtracted(ForeignSample sample) {
        var labels = new HashMap<>(sample.labels());
        labels.put(PrometheusJson.NAME_LABEL, sample.metric());
        rules.extract().forEach((label, pattern) -> {
            var matcher = pattern.matcher(labels.getOrDefault(label, ""));
            if (matcher.matches()) {
                pattern.namedGroups().forEach((name, group) -> labels.put(name, matcher.group(group)));
            }
        });
        return labels;
    }

    private String application(Map<String, String> labels) {
        var filled = rules.application().fill(labels);
        var application = filled == null ? null : filled.toLowerCase(Locale.ROOT);
        return isUpTo(LONGEST_APPLICATION, application) && Names.isApplication(application) ? application : null;
    }

    /** What has the label by which a canary is known, and isn't one, is the stable side. */
    private String variant(Map<String, String> labels) {
        if (rules.canary() == null || !rules.canary().isIn(labels)) {
            return null;
        }
        if (rules.canary().holds(labels)) {
            return "canary";
        }
        return rules.stable() == null || rules.stable().holds(labels) ? "stable" : null;
    }

    private String revision(Map<String, String> labels) {
        var revision = rules.revision() == null ? null : rules.revision().fill(labels);
        return isUpTo(LONGEST_REVISION, revision) && Names.isStorable(revision) ? revision : null;
    }

    private String instance(Map<String, String> labels) {
        var instance = rules.instance().fill(labels);
        return instance == null || !Names.isStorable(instance) ? null : cut(instance, LONGEST_INSTANCE);
    }

    private Amount typed(ForeignSample sample) {
        if (!(sample.amount() instanceof Amount.Untyped(var number))) {
            return sample.amount();
        }
        return rules.totals().matches(sample.metric()) ? Amount.count(number, true) : Amount.value(number);
    }

    /**
     * Whatever it may be that tells it from others; which of a pair of servers has seen it doesn't.
     *
     * @param without a label that doesn't either; empty for none
     */
    private String name(Map<String, String> labels, String without) {
        var text = new StringBuilder();
        new TreeMap<>(labels).forEach((name, value) -> {
            if (!rules.drop().contains(name) && !name.equals(without)) {
                text.append(name).append('=').append(value).append('\n');
            }
        });
        var hash = IdHash.of(text);
        return HexFormat.of().toHexDigits(hash.high()) + HexFormat.of().toHexDigits(hash.low());
    }

    private Map<String, String> kept(Map<String, String> labels) {
        var kept = new HashMap<String, String>();
        MappingRules.ALWAYS_KEPT.forEach(name -> keep(name, labels.get(name), kept));
        if (rules.keep().isEmpty()) {
            new TreeMap<>(labels).forEach((name, value) -> {
                if (!used.contains(name) && !rules.drop().contains(name) && !name.equals(PrometheusJson.NAME_LABEL)) {
                    keep(name, value, kept);
                }
            });
        } else {
            rules.keep().forEach(name -> keep(name, labels.get(name), kept));
        }
        return kept;
    }

    private static void keep(String name, String value, Map<String, String> into) {
        if (value != null
                && into.size() < MOST_LABELS
                && name.length() <= LONGEST_LABEL_NAME
                && Names.isStorable(name)
                && Names.isStorable(value)) {
            into.put(name, cut(value, LONGEST_LABEL));
        }
    }

    private static boolean isUpTo(int chars, String text) {
        return text != null && !text.isEmpty() && text.length() <= chars;
    }

    private static String cut(String text, int chars) {
        return text.length() > chars ? text.substring(0, chars) : text;
    }
}
