package dev.sluice.gate.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The alerts of one target, by name and labels: what was said last of each, by the time that it names. */
final class Alerts {
    /** Of a target that has more, those that were heard of first are forgotten first, the resolved before the firing. */
    private static final int MOST = 256;

    /** A monitor says again that an alert fires; of one that doesn't for so long nobody knows. */
    private static final long BELIEVED_MILLIS = 24 * 3_600_000L;

    private record Key(String name, Map<String, String> labels) {}

    private record Heard(Alert alert, long saidMillis) {
        /** Estimated: some objects, and the letters. */
        long cells() {
            var letters = alert.name().length();
            for (var label : alert.labels().entrySet()) {
                letters += label.getKey().length() + label.getValue().length();
            }
            return 60 + 20L * alert.labels().size() + letters / 4;
        }
    }

    private final Map<Key, Heard> byKey = new LinkedHashMap<>();
    private final Budget budget;
    private final boolean isOfRule;

    /** @param isOfRule whether they freeze rollouts: such are remembered however little room there is, and their ends as long as they */
    Alerts(Budget budget, boolean isOfRule) {
        this.budget = budget;
        this.isOfRule = isOfRule;
    }

    /**
     * Says whether anything changed.
     *
     * @param isAsked whether this target is judged: what isn't leaves room for what may be
     */
    boolean take(Alert said, boolean isAsked) {
        var key = new Key(said.name(), said.labels());
        var known = byKey.get(key);
        if (known == null && !isOfRule && !budget.take(new Heard(said, 0).cells(), isAsked)) {
            return false;
        }
        if (known != null && known.saidMillis() > said.sinceMillis()) {
            return false;
        }
        var isSame = known != null && known.alert().firing() == said.firing();
        byKey.put(key, new Heard(isSame ? known.alert() : said, said.sinceMillis()));
        if (byKey.size() > MOST) {
            forgetOne();
        }
        return !isSame;
    }

    private void forgetOne() {
        var resolved = byKey.entrySet().stream()
                .filter(heard -> !heard.getValue().alert().firing())
                .map(Map.Entry::getKey)
                .findFirst();
        give(byKey.remove(resolved.orElseGet(() -> byKey.keySet().iterator().next())));
    }

    /** @param keepFrom what was resolved before is of no interest to any window; to a rule it is, lest an older word of it count */
    void tidy(long clock, long keepFrom) {
        byKey.values().removeIf(heard -> {
            var from = heard.alert().firing() || isOfRule ? clock - BELIEVED_MILLIS : keepFrom;
            if (heard.saidMillis() < from) {
                give(heard);
                return true;
            }
            return false;
        });
    }

    private void give(Heard forgotten) {
        if (!isOfRule) {
            budget.give(forgotten.cells());
        }
    }

    void release() {
        byKey.values().forEach(this::give);
        byKey.clear();
    }

    Stream<FiringAlert> firing(TargetKey key) {
        return byKey.values().stream()
                .filter(heard -> heard.alert().firing())
                .map(heard -> new FiringAlert(key, heard.alert(), heard.saidMillis()));
    }

    /** Whether nothing is known that was said later, and says otherwise. */
    boolean isBelieved(Alert said) {
        var known = byKey.get(new Key(said.name(), said.labels()));
        return known == null || known.alert().firing() == said.firing();
    }

    boolean isAnyFiring() {
        return byKey.values().stream().map(Heard::alert).anyMatch(Alert::firing);
    }

    Collection<Alert> all() {
        return byKey.values().stream().map(Heard::alert).toList();
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }
}
