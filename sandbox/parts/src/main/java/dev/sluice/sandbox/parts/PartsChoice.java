package dev.sluice.sandbox.parts;

/** Whether Kafka and PostgreSQL of a test run embedded or in containers: system property {@value #PROPERTY}. */
public enum PartsChoice {
    EMBEDDED,
    CONTAINERS,
    /** Containers where a Docker engine has the images already; nothing is pulled. */
    AUTO;

    public static final String PROPERTY = "sluice.parts";

    static PartsChoice current() {
        return of(System.getProperty(PROPERTY, "auto"));
    }

    static PartsChoice of(String word) {
        return switch (word) {
            case "embedded" -> EMBEDDED;
            case "containers" -> CONTAINERS;
            case "auto" -> AUTO;
            default ->
                throw new IllegalArgumentException(
                        "%s=%s is none of embedded, containers, auto".formatted(PROPERTY, word));
        };
    }
}
