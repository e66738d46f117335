package dev.sluice.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;

/** The three services, as they are packaged. */
public enum SluiceService {
    ENGINE("rollout-engine", 8080),
    GATE("metrics-gate", 8081),
    APPLIER("weight-applier", 8082);

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

    /** @throws IllegalStateException where the module has not been packaged */
    Path jar(Path root) {
        var jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isReadable(jar)) {
            throw new IllegalStateException(
                    "%s is not packaged: run ./mvnw package -DskipTests (%s is missing)".formatted(module, jar));
        }
        return jar;
    }
}
