package dev.sluice.gate.source;

import dev.sluice.gate.config.ProvidersConfig;
import dev.sluice.gate.source.http.Http;

/** Plug-in: a kind of system that is asked for numbers; found by CDI. */
public interface MetricSource {
    /** A provider's {@code type}. */
    String word();

    /**
     * @param http has the provider's URL, headers, secrets and bounds
     * @throws IllegalArgumentException says which setting is missing or wrong
     */
    MetricProvider configure(ProvidersConfig.Provider settings, Http http);
}
