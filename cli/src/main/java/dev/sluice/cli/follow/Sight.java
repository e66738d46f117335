package dev.sluice.cli.follow;

import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.message.Status;
import java.util.List;

/** Who is told as a rollout goes on. */
public interface Sight {
    /** @param changed its targets whose status is new, in the file's order */
    void seen(RolloutShown shown, List<Status> changed);

    /** Something is in the way of seeing it, or of its beginning. */
    void notice(String words);
}
