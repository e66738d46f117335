package dev.sluice.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The services, as they are packaged. */
public enum SluiceService {
    ENGINE("rollout-engine", 8080),
    GATE("metrics-gate", 8081),
    APPLIER("weight-applier", 8082),
    DASHBOARD("dashboard", 8083),
    TRIGGERS("triggers", 8085);

    /** Those that rollouts need; the dashboard only watches them. */
    public static final List<SluiceService> ROLLING_OUT = List.of(ENGINE, GATE, APPLIER);

    /** Those that the sandbox shows. */
    static final List<SluiceService> SHOWN = List.of(ENGINE, GATE, APPLIER, DASHBOARD);

    private final String module;
    private final int usualPort;

    SluiceService(String module, int usualPort) {
        this.module = module;
        this.usualPort = usualPort;
    }

    /** Where it serves HTTP if nobody says otherwise. */
    int usualPort() {
        return usualPort;
    }

    public String module() {
        return module;
    }

    Path jar(Path root) {
        return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    Path jvmOptions(Path root) {
        return root.resolve(module).resolve("jvm.options");
    }

    boolean isPackaged(Path root) {
        return Files.isReadable(jar(root));
    }
}
