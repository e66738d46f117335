package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.Applications;
import dev.sluice.engine.postgres.CommandIds;
import dev.sluice.engine.postgres.Consumed;
import dev.sluice.engine.postgres.History;
import dev.sluice.engine.postgres.Routes;
import dev.sluice.engine.postgres.StateForm;
import dev.sluice.engine.postgres.Store;
import dev.sluice.engine.postgres.Timers;
import dev.sluice.engine.postgres.Unlocked;
import jakarta.enterprise.context.Dependent;

/** The tables that a transaction of the {@link Handler} touches, in the order in which it takes their locks. */
@Dependent
record Tables(
        Consumed consumed,
        Applications applications,
        Routes routes,
        CommandIds commandIds,
        History history,
        Timers timers,
        Store store,
        Unlocked unlocked,
        StateForm form) {}
