package dev.sluice.dashboard.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last messages of one kind, each once: a message may come again after a crash of whoever sent it. */
final class Kept {
    private final Map<String, String> byId = new LinkedHashMap<>();
    private final int most;
    private long chars;

    Kept(int most) {
        this.most = most;
    }

    /** Whether it is new. */
    boolean add(String id, String json) {
        if (byId.putIfAbsent(id, json) != null) {
            return false;
        }
        chars += json.length();
        if (byId.size() > most) {
            var oldest = byId.entrySet().iterator();
            chars -= oldest.next().getValue().length();
            oldest.remove();
        }
        return true;
    }

    long chars() {
        return chars;
    }

    List<String> newestFirst() {
        return List.copyOf(byId.values()).reversed();
    }
}
