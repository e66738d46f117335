package dev.sluice.engine.postgres;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Terms;
import dev.sluice.engine.core.state.Watched;

/** What only rollouts have that are observed isn't written of the others: their form is the one that earlier versions know. */
final class OfSome extends SimpleModule {
    private static final long serialVersionUID = 1L;

    OfSome() {
        setMixInAnnotation(Terms.class, OfTerms.class);
        setMixInAnnotation(TargetRun.class, OfTargetRun.class);
    }

    interface OfTerms {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean observes();
    }

    interface OfTargetRun {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Watched watched();
    }
}
