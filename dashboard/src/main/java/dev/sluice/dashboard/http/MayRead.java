package dev.sluice.dashboard.http;

import dev.sluice.access.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.function.Predicate;

/** Whose applications somebody may see. The one place that says so for everything the dashboard remembers. */
@ApplicationScoped
public class MayRead {
    private final Callers callers;

    MayRead(Callers callers) {
        this.callers = callers;
    }

    /** Whoever asks now; by the rules as they are now. */
    Predicate<String> caller() {
        return callers.now()::maySee;
    }

    /** Another one where other rules hold for whoever asks now; means nothing beyond this process. */
    String mark() {
        return HexFormat.of().toHexDigits(callers.now().grants().hashCode());
    }
}
