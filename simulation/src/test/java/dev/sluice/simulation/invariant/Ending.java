package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.message.Status;
import dev.sluice.simulation.cluster.Split;
import java.util.Map;

/**
 * Where a run came to rest.
 *
 * @param states by application, as the database has them
 * @param unsent how many publications are still in the outbox
 * @param dashboard the last status of each application and target, as the topic has it
 * @param objects by route
 */
public record Ending(
        Map<String, State> states, int unsent, Map<String, Status> dashboard, Map<String, Split> objects) {}
