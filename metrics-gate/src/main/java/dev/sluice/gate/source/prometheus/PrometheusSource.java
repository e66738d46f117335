package dev.sluice.gate.source.prometheus;

import dev.sluice.gate.config.ProvidersConfig;
import dev.sluice.gate.source.MetricProvider;
import dev.sluice.gate.source.MetricSource;
import dev.sluice.gate.source.http.BaseUrl;
import dev.sluice.gate.source.http.Http;
import jakarta.inject.Singleton;

/** {@code prometheus}: queries are PromQL and give one number at the window's end. */
@Singleton
public class PrometheusSource implements MetricSource {
    @Override
    public String word() {
        return "prometheus";
    }

    @Override
    public MetricProvider configure(ProvidersConfig.Provider settings, Http http) {
        var query = BaseUrl.of(settings.url()).resolve("/api/v1/query");
        return new Prometheus(http, query, settings.prometheus().acceptWarnings());
    }
}
