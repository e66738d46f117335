package dev.sluice.schemas.rollout;

import java.math.BigDecimal;

/**
 * Copies of requests that the canary gets beside, its answers thrown away. The rollout file's {@code setMirror}.
 *
 * @param percentage of the requests, 0 to 100
 */
public record Mirror(BigDecimal percentage) {
    public Mirror {
        // equal shares are equal, however they are written
        percentage = percentage == null ? null : percentage.stripTrailingZeros();
    }
}
