package dev.sluice.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may do what ({@code docs/access.md}). Beside it {@code quarkus.oidc.tenant-enabled} and {@code quarkus.oidc.*}, for tokens of an
 * OpenID provider.
 */
@ConfigMapping(prefix = "sluice.access")
public interface AccessConfig {
    enum Mode {
        /** Nobody is let in without a token. */
        ON,
        /** Everybody may everything, and is whoever they say: for a sandbox alone. */
        OFF
    }

    @WithDefault("on")
    Mode mode();

    /** A file of tokens, by their hashes; read anew when it changes. */
    Optional<Path> tokens();

    /** The file that says who may do what; read anew when it changes. Without it nobody may anything. */
    Optional<Path> rules();

    /** Other origins whose pages may send requests, such as {@code https://sluice.example.com} before a proxy that changes `Host`. */
    Optional<List<String>> origins();

    /** Whether {@code /q/metrics} is for everybody, as health is. */
    @WithDefault("false")
    boolean openMetrics();

    /** Requests a second of one caller, on average; and how many at once after a rest. */
    @WithDefault("100")
    int rate();

    @WithDefault("400")
    int burst();
}
