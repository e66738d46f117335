package dev.sluice.gate.config;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Which alerts freeze rollouts: a rule's one freeze stands, and no weight goes up, while one of them fires. */
@ConfigMapping(prefix = "sluice.gate")
public interface FreezesConfig {
    /** By names of one's own: up to 64 letters and digits, {@code .}, {@code _} and {@code -}, for freezes are called by them. */
    Map<String, Rule> freezes();

    interface Rule {
        /** An expression (RE2) that the alert's whole name fits. */
        String alert();

        /** Expressions by label that all must fit; {@code application} and {@code target} are labels too. */
        Map<String, String> when();

        /** Of the rollouts that are frozen, all of them; none: every rollout. */
        Map<String, String> labels();
    }
}
