package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.Changes;
import dev.sluice.schemas.message.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** A line per decision once it is stored, for those who read logs: the same as on the audit's topic, with the keys that all logs have. */
@ApplicationScoped
class DecisionLog {
    private static final Logger LOG = Logger.getLogger("dev.sluice.engine.decisions");

    void stored(List<Changes.Decision> decisions) {
        if (LOG.isInfoEnabled()) {
            decisions.forEach(decision -> write(decision.audit()));
        }
    }

    private static void write(Audit audit) {
        put("application", audit.application());
        put("target", audit.target());
        put("rollout", audit.rollout());
        try {
            LOG.infof(
                    "decided decision=%s actor=%s reason=%s",
                    audit.decision(), line(audit.actor()), line(audit.reason()));
        } finally {
            MDC.remove("application");
            MDC.remove("target");
            MDC.remove("rollout");
        }
    }

    /** What others wrote begins no line of its own. */
    private static String line(String text) {
        return text == null ? null : text.replaceAll("\\p{Cntrl}", " ");
    }

    private static void put(String key, String value) {
        if (value != null) {
            MDC.put(key, value);
        }
    }
}
