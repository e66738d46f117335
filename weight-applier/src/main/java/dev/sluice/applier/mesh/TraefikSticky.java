package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.SessionAffinity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The cookie by which a TraefikService keeps clients: {@code spec.weighted.sticky.cookie}. Its value is Traefik's, the
 * service's, so the rollout is in its name. A service of weight 0 is none to Traefik, whatever cookie a client has; those
 * that the active backend has served stay with that, too.
 */
record TraefikSticky(WeightOrder order) {
    private static final String STICKY = "sticky";
    private static final String[] WEIGHTED = {"spec", "weighted"};
    private static final String[] NAME = {"spec", "weighted", STICKY, "cookie", "name"};
    private static final Pattern OURS = Pattern.compile(".+-" + StickyCookie.VALUE);

    Routed read(Document object, Routed routed) {
        var affinity = order.affinityAt(order.weight());
        if (object.at("spec", "weighted", STICKY) == null) {
            return routed;
        }
        if (!isOurs(object)) {
            return affinity == null ? routed : routed.keeping(null, unfit());
        }
        var isAsOrdered = affinity != null && sticky(affinity).equals(object.at("spec", "weighted", STICKY));
        return routed.keeping(isAsOrdered ? affinity : OwnRules.OTHER_AFFINITY, null);
    }

    /** A person's own stays. */
    void put(Document object, SessionAffinity affinity) {
        if (object.at("spec", "weighted", STICKY) != null && !isOurs(object)) {
            return;
        }
        if (affinity != null) {
            object.open(WEIGHTED).put(STICKY, sticky(affinity));
        } else if (object.at(WEIGHTED) instanceof Map<?, ?> weighted) {
            weighted.remove(STICKY);
        }
    }

    private static boolean isOurs(Document object) {
        var name = object.text(NAME);
        return name != null && OURS.matcher(name).matches();
    }

    private static String unfit() {
        return "the weighted service has a sticky cookie of its own: take it out, or leave sessionAffinity out";
    }

    private Map<String, Object> sticky(SessionAffinity affinity) {
        var ours = StickyCookie.of(order, affinity);
        var cookie = new LinkedHashMap<String, Object>();
        cookie.put("name", ours.name() + "-" + ours.value());
        cookie.put("httpOnly", true);
        cookie.put("maxAge", seconds(ours.maxAge()));
        return new LinkedHashMap<>(Map.of("cookie", cookie));
    }

    /** As a client's mapper reads it. */
    private static int seconds(Duration maxAge) {
        return Math.toIntExact(maxAge.toSeconds());
    }
}
