package dev.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the launcher has a JVM do once, so that it stores the classes that most commands need. A word that waits for an answer is
 * left out: nobody is there.
 */
public final class Training {
    private static final String FILE = """
            version: v1
            application: shop/checkout
            targets:
              prod: {cluster: prod, namespace: shop, strategy: careful}
            strategies:
              careful: {canary: {steps: [{setWeight: {weight: 10}}, {pause: {duration: 1m}}]}}
            trafficManagement:
              - smi: [{rootServiceName: checkout}]
            """;
    private static final String NOBODY = "http://localhost:1";

    private Training() {}

    public static void main(String... args) {
        run("validate", "-f", "-");
        run("validate", "-f", "-", "-o", "yaml");
        run("--help");
        run("list", "--url", NOBODY);
        run("start", "-f", "-", "--url", NOBODY);
    }

    private static void run(String... words) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var in = new ByteArrayInputStream(FILE.getBytes(StandardCharsets.UTF_8));
        Main.run(new Surroundings(in, nowhere, nowhere, Map.of(), false), words);
    }
}
