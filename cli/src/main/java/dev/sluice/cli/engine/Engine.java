package dev.sluice.cli.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes commands and says where rollouts stand, whichever way it is reached. */
public interface Engine extends AutoCloseable {
    /**
     * Hands a command over; the same id again has one effect.
     *
     * @return warnings of its rollout file
     * @throws Stop where it is not taken: nothing follows from it then
     */
    List<Problem> send(ObjectNode command) throws Stop;

    /** What a command that was sent led to, in order; empty where that isn't known when the wait is over. */
    List<Audit> outcome(String application, String command, Duration longest) throws Stop;

    /**
     * By name.
     *
     * @param phase as in status, null for any
     */
    List<RolloutShown> rollouts(String phase) throws Stop;

    /** The running or last one; empty where nothing is known of the application. */
    Optional<RolloutShown> rollout(String application) throws Stop;

    /** The newest first. */
    List<PastRollout> history(String application, int most) throws Stop;

    /** Decisions, the newest first. */
    List<Audit> decisions(String application, int most) throws Stop;

    @Override
    void close();
}
