package dev.sluice.gate.config;

import dev.sluice.gate.config.ProvidersConfig.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The monitors whose webhooks are taken: {@code POST /api/alerts/<name>}. One that is not configured is closed. */
@ConfigMapping(prefix = "sluice.gate")
public interface AlertsConfig {
    /** By {@code alertmanager}, {@code cloudwatch}, {@code datadog} or {@code generic}. */
    Map<String, Alerts> alerts();

    /** Templates and expressions are those of the formats' mappings; {@code alertname} is the alert's name. */
    interface Alerts {
        /** Expressions by label that all must fit; what doesn't is not judged. */
        Map<String, String> when();

        /** Expressions by label, whose named groups {@code (?P<name>…)} are labels too. */
        Map<String, String> extract();

        /** Template; {@code generic} has {@code {application}} unless said. */
        Optional<String> application();

        /** Template, or a text without labels: {@code prod}. {@code generic} has {@code {target}} unless said. */
        Optional<String> target();

        /** Labels that queries can ask for, at most 15. Unless said the first 15 by name. */
        Optional<List<String>> keep();

        /** What a request must show. Without one everybody's alerts are believed. */
        Secret token();

        /** Of {@code cloudwatch}. */
        Sns sns();

        /** JSON pointers of {@code generic}: {@code alerts} to the list, and in each {@code alert}, {@code state}, {@code time},
         * {@code labels}, {@code fingerprint} and whatever else templates name. */
        Map<String, String> pointers();

        /** Of {@code generic}: an expression for states that fire. */
        @WithDefault("firing")
        String firing();

        /** Of {@code generic}: an expression for states that are resolved. Every other state says nothing. */
        @WithDefault("resolved")
        String resolved();
    }

    interface Sns {
        /** Whether messages must be signed by SNS, which needs a way out to its hosts. */
        @WithDefault("true")
        boolean verify();

        /** ARNs of the only topics that count; then alarms without SNS's envelope are refused. */
        Optional<List<String>> topics();
    }
}
