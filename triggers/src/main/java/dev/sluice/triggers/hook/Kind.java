package dev.sluice.triggers.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds of senders: how each proves who it is, and what tells one of its objects from another. */
public enum Kind {
    /** Argo CD's notifications have no signature: a header has the secret. The body is what their template says. */
    ARGOCD("x-sluice-token", false, "/uid"),
    /** Flux's provider {@code generic}: its token comes as {@code Authorization: Bearer}. */
    FLUX("authorization", false, "/involvedObject/uid"),
    /** Flux's provider {@code generic-hmac}. */
    FLUX_HMAC("x-signature", true, "/involvedObject/uid"),
    GITHUB("x-hub-signature-256", true, "/repository/id"),
    GITLAB("x-gitlab-token", false, "/project/id"),
    /** Whoever sends CDEvents over HTTP, such as Tekton or Jenkins; each event is an object of its own. */
    CDEVENTS("authorization", false, "/context/id");

    private final String header;
    private final boolean signs;
    private final String object;

    Kind(String header, boolean signs, String object) {
        this.header = header;
        this.signs = signs;
        this.object = object;
    }

    /** @throws IllegalArgumentException that says which there are */
    static Kind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no kind " + word + "; there are " + words()));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }

    /** @param configured a header of another name; null: the kind's own */
    Optional<Proof.Refusal> refusal(Map<String, String> headers, String configured, String secret, byte[] body) {
        var name = configured == null ? header : configured.toLowerCase(Locale.ROOT);
        return signs ? Proof.signature(headers, name, secret, body) : Proof.token(headers, name, secret);
    }

    /** A name of what the event is about; empty where it has none. */
    String object(JsonNode body) {
        return body.at(object).asText();
    }
}
