package dev.sluice.applier.core;

import java.util.Set;

/**
 * The settings of the rules.
 *
 * @param gitopsManagers field managers whose weight of 0 is a re-apply, not a person taking traffic back
 */
public record Rules(Set<String> gitopsManagers, Backoff backoff) {
    public static final Set<String> GITOPS_MANAGERS =
            Set.of("argocd-controller", "argocd-application-controller", "kustomize-controller", "helm-controller");
    public static final Rules DEFAULT = new Rules(GITOPS_MANAGERS, Backoff.DEFAULT);

    public Rules {
        gitopsManagers = Set.copyOf(gitopsManagers);
    }
}
