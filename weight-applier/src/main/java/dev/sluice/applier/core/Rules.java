package dev.sluice.applier.core;

import java.time.Duration;
import java.util.Set;

/**
 * The settings of the rules.
 *
 * @param gitopsManagers field managers whose weight of 0 is a re-apply, not a person taking traffic back
 * @param confirmation how long a raise that is written waits for the mesh's own word
 */
public record Rules(Set<String> gitopsManagers, Backoff backoff, Duration confirmation) {
    public static final Set<String> GITOPS_MANAGERS =
            Set.of("argocd-controller", "argocd-application-controller", "kustomize-controller", "helm-controller");
    public static final Duration CONFIRMATION = Duration.ofSeconds(10);
    public static final Rules DEFAULT = new Rules(GITOPS_MANAGERS, Backoff.DEFAULT, CONFIRMATION);

    public Rules {
        gitopsManagers = Set.copyOf(gitopsManagers);
    }
}
