package dev.sluice.sandbox;

/** Ends this process with the one that started it, however that ends: nobody would be left to press Ctrl-C. */
public final class ParentWatch {
    /** What a shell says of a process that SIGTERM ended. */
    private static final int TERMINATED = 143;

    private ParentWatch() {}

    public static void endWithParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        Thread.ofPlatform().daemon().name("parent-watch").start(() -> endWith(parent)));
    }

    private static void endWith(ProcessHandle parent) {
        parent.onExit().join();
        System.exit(TERMINATED);
    }
}
