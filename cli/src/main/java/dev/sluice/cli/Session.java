package dev.sluice.cli;

import dev.sluice.cli.engine.Engine;
import dev.sluice.cli.engine.http.EngineOverHttp;
import dev.sluice.cli.engine.http.HttpCalls;
import dev.sluice.cli.engine.kafka.Brokers;
import dev.sluice.cli.engine.kafka.EngineOverKafka;
import dev.sluice.cli.output.Format;
import dev.sluice.cli.output.Printer;
import dev.sluice.schemas.Topic;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command understands: where Sluice is, who asks, and how the answer is written. */
public final class Session {
    static final String URL = "http://localhost:8080";
    static final String BROKERS = "localhost:9092";
    private static final String BOOTSTRAP = "SLUICE_BOOTSTRAP";

    private final Surroundings here;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The engine's HTTP address; else SLUICE_URL, else " + URL + ".")
    String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description = "Bearer token; else SLUICE_TOKEN. Others on this machine can see it while the command runs: "
                    + "prefer a file.")
    String token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "File with the bearer token, read anew for each request; else SLUICE_TOKEN_FILE.")
    Path tokenFile;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT,...",
            scope = ScopeType.INHERIT,
            description = "Talk to Kafka's brokers instead of the engine; else SLUICE_BOOTSTRAP.")
    String bootstrap;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Properties of Kafka's clients, such as TLS and SASL; else SLUICE_KAFKA_CONFIG.")
    Path kafkaConfig;

    @Option(
            names = "--topics-prefix",
            paramLabel = "PREFIX",
            scope = ScopeType.INHERIT,
            description =
                    "In front of every topic's name; else SLUICE_TOPICS_PREFIX, else '" + Topic.DEFAULT_PREFIX + "'.")
    String topicsPrefix;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "How data is written: ${COMPLETION-CANDIDATES}. table unless said.")
    Format format = Format.table;

    Session(Surroundings here) {
        this.here = here;
    }

    public Surroundings here() {
        return here;
    }

    public Format format() {
        return format;
    }

    public Printer printer() {
        return new Printer(here, format);
    }

    /** Where progress goes. */
    public PrintStream progress() {
        return here.err();
    }

    /** To be closed. */
    public Engine engine() throws Stop {
        return byKafka() ? new EngineOverKafka(brokers()) : new EngineOverHttp(http());
    }

    /** Whether the engine learns from a token who asks. */
    public boolean showsToken() throws Stop {
        return !byKafka() && token().now().isPresent();
    }

    private Token token() {
        return new Token(here, token, tokenFile);
    }

    /** An address on the command line wins over the environment's brokers. */
    private boolean byKafka() {
        return bootstrap != null || (url == null && here.variable(BOOTSTRAP).isPresent());
    }

    /** Whether it was said where the engine is, and not where Kafka is. */
    public boolean knowsHttpAlone() {
        return bootstrap == null
                && here.variable(BOOTSTRAP).isEmpty()
                && (url != null || here.variable("SLUICE_URL").isPresent());
    }

    /** For what is on the topics alone. */
    public Brokers brokers() throws Stop {
        var where = bootstrap == null ? here.variable(BOOTSTRAP).orElse(BROKERS) : bootstrap;
        var config = kafkaConfig == null
                ? here.variable("SLUICE_KAFKA_CONFIG").map(Path::of).orElse(null)
                : kafkaConfig;
        var prefix = topicsPrefix == null
                ? here.variable("SLUICE_TOPICS_PREFIX").orElse(Topic.DEFAULT_PREFIX)
                : topicsPrefix;
        return new Brokers(where, config, prefix);
    }

    /** A metrics-gate's entrance, where it was said rather than brokers; to be closed. */
    public Optional<HttpCalls> gate() throws Stop {
        var said = url == null && here.variable(BOOTSTRAP).isEmpty()
                ? here.variable("SLUICE_GATE_URL").orElse(null)
                : url;
        return said == null || bootstrap != null ? Optional.empty() : Optional.of(new HttpCalls(said, token()));
    }

    /** The engine itself, whatever was said of Kafka; to be closed. */
    public HttpCalls http() throws Stop {
        return new HttpCalls(address(), token());
    }

    /** Where the engine is, without a slash at its end. */
    public String address() {
        return (url == null ? here.variable("SLUICE_URL").orElse(URL) : url).replaceFirst("/+$", "");
    }
}
