package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Sluice leaves on a routing object.
 *
 * <p>The fence's value is {@code generation.sequence=weight;active=backend}, such as
 * {@code 1795170000000.17=25;active=checkout}; a reader takes the part after the weight as optional.
 */
public final class Annotations {
    /** Ours alone: {@code app.kubernetes.io/managed-by} belongs to who made the object, and Helm needs it. */
    public static final String MANAGED_LABEL = "sluice.dev/managed";

    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
    public static final String MANAGED_BY = "sluice";
    public static final String OWNER = "sluice.dev/application";
    /** {@code "true"} on an object stops all writes to it. */
    public static final String PAUSED = "sluice.dev/paused";

    public static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final Pattern FENCE =
            Pattern.compile("(\\d{1,19})\\.(\\d{1,19})=(\\d{1,3}(?:\\.\\d{1,2})?)(?:;active=([^;]+))?(?:;.*)?");

    private Annotations() {}

    /** One annotation per route, since several routes may share an object. */
    public static String fenceKey(String route) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(route.getBytes(StandardCharsets.UTF_8));
            return "sluice.dev/fence-" + HexFormat.of().formatHex(hash).substring(0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static String fenceValue(Fence fence) {
        return fence.generation() + "." + fence.sequence() + "=" + fence.weight()
                + (fence.active() == null ? "" : ";active=" + fence.active());
    }

    /** Of a Service whose selector was switched: its own one, and which rollout did. */
    public static final String SELECTOR = "sluice.dev/selector";

    /** Empty where the text is missing or unreadable: both are drift. */
    public static Optional<Fence> readFence(String text) {
        var match = FENCE.matcher(text == null ? "" : text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Fence(
                    Long.parseLong(match.group(1)),
                    Long.parseLong(match.group(2)),
                    Weight.of(new BigDecimal(match.group(3))),
                    match.group(4)));
        } catch (IllegalArgumentException outOfRange) {
            return Optional.empty();
        }
    }
}
