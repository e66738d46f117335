package dev.sluice.schemas.rollout;

import java.util.Map;

/**
 * One route that a target moves.
 *
 * @param identity {@code cluster/namespace/plural.group/name[/rule]}: the same object has the same identity everywhere
 * @param mesh the mesh's key in the rollout file, such as {@code smi}
 * @param active the backend that the file names as active; which one is, the engine knows
 * @param canary the backend that the file names as canary
 * @param sessionAffinity null: clients are sent anew with each request
 * @param entry the file's entry with defaults filled in
 */
public record Route(
        String identity,
        String mesh,
        String active,
        String canary,
        OnPromoted onPromoted,
        Ownership ownership,
        SessionAffinity sessionAffinity,
        Map<String, Object> entry) {
    public Route {
        entry = Map.copyOf(entry);
    }
}
