package dev.sluice.gate.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The alerts of one target, by name and labels: what was said last of each, by the time that it names. */
final class Alerts {
    /** Of a target that has more, those that were heard of first are forgotten first, the resolved before the firing. */
    private static final int MOST = 256;

    /** A monitor says again that an alert fires; of one that doesn't for so long nobody knows. */
    private static final long BELIEVED_MILLIS = 24 * 3_600_000L;

    private record Key(String name, Map<String, String> labels) {}

    private record Heard(Alert alert, long saidMillis) {}

    private final Map<Key, Heard> byKey = new LinkedHashMap<>();

    /** Says whether anything changed. */
    boolean take(Alert said) {
        var key = new Key(said.name(), said.labels());
        var known = byKey.get(key);
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
        byKey.remove(resolved.orElseGet(() -> byKey.keySet().iterator().next()));
    }

    /** @param keepFrom what was resolved before is of no interest to any window */
    void tidy(long clock, long keepFrom) {
        byKey.values()
                .removeIf(heard -> heard.alert().firing()
                        ? heard.saidMillis() < clock - BELIEVED_MILLIS
                        : heard.saidMillis() < keepFrom);
    }

    Collection<Alert> all() {
        return byKey.values().stream().map(Heard::alert).toList();
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }
}
