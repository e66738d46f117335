package dev.sluice.sandbox.view;

import dev.sluice.schemas.message.Status;

/** What the person in front of the sandbox sees of it. */
public sealed interface View extends AutoCloseable permits LineView, TerminalView {
    /** The view that fits where our output goes. */
    static View onStandardOutput() {
        return Terminal.watches() ? new TerminalView() : new LineView();
    }

    /** A line that stays. */
    void say(String line);

    /** A target's newest status. */
    void show(Status status);

    @Override
    void close();
}
