package dev.sluice.gate.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metric providers that queries may name: systems that are asked, beside the events that come by themselves. */
@ConfigMapping(prefix = "sluice.gate")
public interface ProvidersConfig {
    /** By the name that a query says in {@code metricProviderName}. */
    Map<String, Provider> providers();

    interface Provider {
        /** The kind of system: {@code prometheus} or {@code http-json}. */
        String type();

        /** Where it is asked, with any path before its API's own. With {@code http-json} the whole URL, a template. */
        String url();

        /** How long one try may take. How long a question is tried is said by who asks it. */
        @WithDefault("PT10S")
        Duration timeout();

        /** Questions that are asked at the same time. */
        @WithDefault("16")
        int inFlight();

        /** Questions that may wait for their turn or their next try; further ones come again until their time is over. */
        @WithDefault("10000")
        int waiting();

        /** The longest answer that is read. */
        @WithDefault("1048576")
        int maxResponseBytes();

        /**
         * The name of a TLS configuration below {@code quarkus.tls}: trusted certificates, client certificate, and
         * {@code trust-all} for who wants no protection. Unsaid: the certificates that Java trusts.
         */
        Optional<String> tls();

        Auth auth();

        /** Headers of every request, by name. */
        Map<String, Header> headers();

        /** What {@code prometheus} takes besides. */
        Prometheus prometheus();

        /** What {@code http-json} takes besides. */
        Json json();
    }

    /** How requests are authorized. Secrets are named here, never written. */
    interface Auth {
        /** {@code none}, {@code bearer} (a token), {@code basic} (user and password) or {@code aws} (signed, version 4). */
        @WithDefault("none")
        String type();

        /** Of {@code bearer}. */
        Secret token();

        /** Of {@code basic}. */
        Optional<String> user();

        /** Of {@code basic}. */
        Secret password();

        /** Of {@code aws}. */
        Aws aws();
    }

    interface Aws {
        /** As in the service's host name, like {@code eu-central-1}. */
        Optional<String> region();

        /** The service's name in signatures; {@code monitoring} is CloudWatch. */
        @WithDefault("monitoring")
        String service();

        Secret accessKeyId();

        Secret secretAccessKey();

        /** Of temporary credentials only. */
        Secret sessionToken();
    }

    /** Where a secret is. Exactly one of the two. */
    interface Secret {
        /** An environment variable or configuration key; read at the start. */
        Optional<String> key();

        /** A file; read anew for every request, so that it may be replaced. White space around it is left out. */
        Optional<Path> file();
    }

    interface Header extends Secret {
        /** A template, for what is no secret. */
        Optional<String> value();
    }

    interface Prometheus {
        /** Whether an answer that the server warns about, such as one from a part of its stores, is judged all the same. */
        @WithDefault("false")
        boolean acceptWarnings();
    }

    interface Json {
        @WithDefault("POST")
        String method();

        /** A template; {@code query} is the query's own text with its variables filled in. None for GET. */
        Optional<String> body();

        @WithDefault("application/json")
        String contentType();

        /** How a query's text escapes a quote within quotes: by a {@code backslash}, or {@code doubled} as SQL does. */
        @WithDefault("backslash")
        String quotes();

        /** JSON pointer to the numbers; {@code *} stands for every element of an array. */
        Optional<String> pointer();

        /** What makes one number of several: {@code last}, {@code first}, {@code mean}, {@code sum}, {@code max}, {@code min} or {@code count}. */
        @WithDefault("last")
        String reducer();

        /** JSON pointer to how many samples the number rests on; several are added up. */
        Optional<String> samplesPointer();

        /** JSON pointer to the series, such as {@code /series/*}: more than one is refused. */
        Optional<String> seriesPointer();

        /** JSON pointers to the words of an error, also in an answer whose status says success; divided by commas. */
        Optional<List<String>> errorPointers();

        /** JSON pointers and the text that must stand there for an answer to be whole. */
        Map<String, String> expect();
    }
}
