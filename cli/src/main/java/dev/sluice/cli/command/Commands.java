package dev.sluice.cli.command;

import java.util.List;

/** All of them, in the order in which the help shows them. */
public final class Commands {
    public static final List<Class<?>> ALL = List.of(
            Start.class,
            Validate.class,
            TestFile.class,
            ReplayFile.class,
            Plan.class,
            ListRollouts.class,
            Get.class,
            Watch.class,
            Approve.class,
            Reject.class,
            Pause.class,
            Resume.class,
            Skip.class,
            Promote.class,
            Goto.class,
            Abort.class,
            Retry.class,
            Undo.class,
            Finalize.class,
            Update.class,
            Freeze.class,
            Unfreeze.class,
            Freezes.class,
            Release.class,
            Assess.class,
            Abandon.class,
            Delete.class,
            History.class,
            AuditTrail.class,
            Import.class,
            EmitMetric.class,
            Dlq.class,
            Verify.class);

    private Commands() {}
}
