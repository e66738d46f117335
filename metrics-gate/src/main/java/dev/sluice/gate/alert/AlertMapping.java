package dev.sluice.gate.alert;

import com.google.re2j.Pattern;
import dev.sluice.gate.config.AlertsConfig;
import dev.sluice.gate.format.Names;
import dev.sluice.gate.format.foreign.Drop;
import dev.sluice.gate.format.foreign.LabelIs;
import dev.sluice.gate.format.foreign.Mapped;
import dev.sluice.gate.format.foreign.Template;
import dev.sluice.schemas.message.MetricEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes alert events of what one monitor says, by its labels. */
public final class AlertMapping {
    /** A label's name in templates and expressions; what it is worth is the alert's own name. */
    static final String NAME = "alertname";

    /** Tells alerts apart where not all of their labels are kept: else one's end would end the other. */
    static final String FINGERPRINT = "fingerprint";

    private static final int MOST_LABELS = 15;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_LABEL_NAME = 64;
    private static final int LONGEST_LABEL = 256;
    private static final int LONGEST_APPLICATION = 253;
    private static final int LONGEST_TARGET = 63;

    /** The gate honours 60 s; so much less is left for the way to it. */
    private static final Duration EARLIEST = Duration.ofSeconds(50);

    private final String monitor;
    private final List<LabelIs> when;
    private final Map<String, Pattern> extract;
    private final Template application;
    private final Template target;
    private final List<String> keep;

    /** @throws IllegalArgumentException saying what is wrong or missing */
    AlertMapping(Monitor monitor, AlertsConfig.Alerts config) {
        this.monitor = monitor.name();
        this.when = config.when().entrySet().stream()
                .map(entry -> new LabelIs(entry.getKey(), LabelIs.compile(entry.getValue())))
                .toList();
        this.extract = config.extract().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> LabelIs.compile(entry.getValue())));
        this.application = template(config.application(), monitor.application(), "application");
        this.target = template(config.target(), monitor.target(), "target");
        this.keep = config.keep().map(List::copyOf).orElse(null);
        if (keep != null && keep.size() > MOST_LABELS) {
            throw new IllegalArgumentException("it keeps " + keep.size() + " labels; at most " + MOST_LABELS);
        }
    }

    private static Template template(Optional<String> configured, String otherwise, String what) {
        return new Template(configured
                .or(() -> Optional.ofNullable(otherwise))
                .orElseThrow(() -> new IllegalArgumentException(
                        "it doesn't say `" + what + "`, as in {label} or as a fixed text")));
    }

    public Mapped map(SaidAlert said, Instant now) {
        if (said.name() == null || said.name().isBlank()) {
            return new Mapped.Dropped(Drop.NO_ALERT_NAME);
        }
        if (said.state() == null) {
            return new Mapped.Dropped(Drop.NO_STATE);
        }
        var facts = facts(said);
        if (!when.stream().allMatch(condition -> condition.holds(facts))) {
            return new Mapped.Dropped(Drop.NOT_SELECTED);
        }
        var whose = application.fill(facts);
        var lower = whose == null ? "" : whose.toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST_APPLICATION || !Names.isApplication(lower)) {
            return new Mapped.Dropped(Drop.NO_APPLICATION);
        }
        var where = target.fill(facts);
        if (where == null || where.length() > LONGEST_TARGET || !Names.isTarget(where)) {
            return new Mapped.Dropped(Drop.NO_TARGET);
        }
        return new Mapped.Event(event(said, lower, where, kept(said, facts), now), null);
    }

    private MetricEvent event(
            SaidAlert said, String application, String target, Map<String, String> labels, Instant now) {
        return new MetricEvent(
                application,
                target,
                null,
                null,
                null,
                time(said.time(), now),
                null,
                null,
                null,
                null,
                null,
                null,
                name(said),
                said.state(),
                labels,
                null,
                id(said));
    }

    private Map<String, String> facts(SaidAlert said) {
        var facts = new HashMap<>(said.about());
        facts.putAll(said.labels());
        facts.put(NAME, said.name());
        extract.forEach((label, pattern) -> {
            var matcher = pattern.matcher(facts.getOrDefault(label, ""));
            if (matcher.matches()) {
                pattern.namedGroups().forEach((name, group) -> {
                    if (matcher.group(group) != null) {
                        facts.put(name, matcher.group(group));
                    }
                });
            }
        });
        return facts;
    }

    private Map<String, String> kept(SaidAlert said, Map<String, String> facts) {
        var kept = new HashMap<String, String>();
        var wanted = keep == null ? new TreeMap<>(said.labels()).keySet() : keep;
        for (var name : wanted) {
            var value = facts.get(name);
            var fits = value != null
                    && !name.isEmpty()
                    && name.length() <= LONGEST_LABEL_NAME
                    && Names.isStorable(name)
                    && Names.isStorable(value);
            if (fits && kept.size() < MOST_LABELS) {
                kept.put(name, cut(value, LONGEST_LABEL));
            }
        }
        var isWhole = name(said).equals(said.name())
                && kept.entrySet().containsAll(said.labels().entrySet());
        if (!isWhole) {
            kept.put(FINGERPRINT, cut(said.fingerprint(), LONGEST_LABEL));
        }
        return kept;
    }

    /** An emoji is no reason not to hear it. */
    private static String name(SaidAlert said) {
        var name = cut(said.name(), LONGEST_NAME);
        return name.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> Names.isStorable(letter) ? letter : "?")
                .collect(Collectors.joining());
    }

    /**
     * Never before what the gate would honour: a time that it doesn't honour would be the append time, later than the true one of
     * an end that is told soon after, which would then count for nothing.
     */
    private static Instant time(Instant said, Instant now) {
        if (said == null) {
            return null;
        }
        var earliest = now.minus(EARLIEST);
        return said.isBefore(earliest) ? earliest : said.isAfter(now) ? now : said;
    }

    /** The same for every time that the monitor says it. Null where that can't be told from the next time that it begins. */
    private String id(SaidAlert said) {
        return said.time() == null
                ? null
                : monitor + "-"
                        + Texts.hash(
                                said.name() + "\n" + said.fingerprint() + "\n" + said.state() + "\n" + said.time());
    }

    private static String cut(String text, int chars) {
        return text.length() > chars ? text.substring(0, chars) : text;
    }
}
