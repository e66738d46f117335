package dev.sluice.engine.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.List;

/**
 * What a state holds that no event but a few changes: the plans of what runs, of what waits, and of what may be gone back to.
 *
 * @param targets of the rollout
 * @param queued of the start that waits; null for none
 * @param former of the targets that the rollout leaves out
 */
record PlanDocument(List<TargetPlan> targets, RolloutPlan queued, List<TargetPlan> former) {
    static final PlanDocument EMPTY = new PlanDocument(List.of(), null, List.of());

    PlanDocument {
        targets = List.copyOf(targets);
        former = former == null ? List.of() : List.copyOf(former);
    }

    static PlanDocument of(State state) {
        return new PlanDocument(
                targets(state.rollout()),
                state.queued() == null ? null : state.queued().plan(),
                state.former().plans());
    }

    private static List<TargetPlan> targets(Rollout rollout) {
        return rollout.targets().stream().map(TargetRun::plan).toList();
    }

    /** Until form 4 it was the targets alone; whoever knows such a one leaves it so while nothing of it changes. */
    static PlanDocument read(String json) {
        var document = Sql.read(json, JsonNode.class);
        return document.isArray()
                ? new PlanDocument(List.of(Sql.read(json, TargetPlan[].class)), null, List.of())
                : Sql.read(json, PlanDocument.class);
    }
}
