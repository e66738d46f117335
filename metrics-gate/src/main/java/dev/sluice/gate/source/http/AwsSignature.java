package dev.sluice.gate.source.http;

import dev.sluice.gate.config.ProvidersConfig.Aws;
import dev.sluice.gate.source.Unanswered;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** AWS' signature version 4, made by AWS' own signer. */
final class AwsSignature implements Authorization {
    /** The HTTP client writes it itself, from the same URL. */
    private static final Set<String> NOT_OURS = Set.of("host", "content-length");

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Keys keys;
    private final String region;
    private final String service;
    private final Clock clock;

    /** @param token null for credentials that last */
    record Keys(SecretValue id, SecretValue secret, SecretValue token) {
        AwsCredentialsIdentity now() throws Unanswered {
            return token == null
                    ? AwsCredentialsIdentity.create(id.now(), secret.now())
                    : AwsSessionCredentialsIdentity.create(id.now(), secret.now(), token.now());
        }
    }

    AwsSignature(Keys keys, String region, String service, Clock clock) {
        this.keys = keys;
        this.region = region;
        this.service = service;
        this.clock = clock;
    }

    static AwsSignature of(Aws aws) {
        var token = SecretValue.isNamed(aws.sessionToken())
                ? SecretValue.of(aws.sessionToken(), "auth.aws.session-token")
                : null;
        return new AwsSignature(
                new Keys(
                        SecretValue.of(aws.accessKeyId(), "auth.aws.access-key-id"),
                        SecretValue.of(aws.secretAccessKey(), "auth.aws.secret-access-key"),
                        token),
                aws.region().orElseThrow(() -> new IllegalArgumentException("auth.aws.region is missing")),
                aws.service(),
                Clock.systemUTC());
    }

    @Override
    public void authorize(Call call, Map<String, String> headers) throws Unanswered {
        var request = SdkHttpRequest.builder().uri(call.uri()).method(SdkHttpMethod.fromValue(call.method()));
        headers.forEach(request::putHeader);
        var identity = keys.now();
        var body = call.body() == null ? new byte[0] : call.body().getBytes(StandardCharsets.UTF_8);
        var signed = signer.sign(sign -> sign.identity(identity)
                .request(request.build())
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(HttpSigner.SIGNING_CLOCK, clock));
        signed.request().headers().forEach((name, values) -> {
            if (isNew(name, headers)) {
                headers.put(name, String.join(",", values));
            }
        });
    }

    private static boolean isNew(String name, Map<String, String> headers) {
        var known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(headers.keySet());
        known.addAll(NOT_OURS);
        return !known.contains(name);
    }
}
