package dev.sluice.engine.postgres;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Plans that this instance has decoded, by application; the least used go once there is no more room. */
final class KnownPlans {
    /** @param chars of its JSON: what it takes in memory is a few times as much */
    record Plan(String id, PlanParts parts, int chars) {}

    private final int mostChars;
    private final Map<String, Plan> byApplication = new LinkedHashMap<>(16, 0.75f, true);
    private long chars;

    KnownPlans(int mostChars) {
        this.mostChars = mostChars;
    }

    synchronized Plan get(String application) {
        return byApplication.get(application);
    }

    synchronized Map<String, Plan> get(Set<String> applications) {
        var found = new HashMap<String, Plan>();
        for (var application : applications) {
            var plan = byApplication.get(application);
            if (plan != null) {
                found.put(application, plan);
            }
        }
        return found;
    }

    synchronized void put(String application, Plan plan) {
        add(byApplication.put(application, plan), -1);
        add(plan, 1);
        var oldest = byApplication.entrySet().iterator();
        while (chars > mostChars && oldest.hasNext()) {
            add(oldest.next().getValue(), -1);
            oldest.remove();
        }
    }

    private void add(Plan plan, int sign) {
        chars += plan == null ? 0 : (long) sign * plan.chars();
    }
}
