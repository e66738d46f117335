package dev.sluice.gate.source.json;

import dev.sluice.gate.config.ProvidersConfig;
import dev.sluice.gate.source.MetricProvider;
import dev.sluice.gate.source.MetricSource;
import dev.sluice.gate.source.http.Http;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;

/** {@code http-json}: a request made of templates, and pointers to the numbers in its answer. */
@Singleton
public class HttpJsonSource implements MetricSource {
    @Override
    public String word() {
        return "http-json";
    }

    @Override
    public MetricProvider configure(ProvidersConfig.Provider settings, Http http) {
        var json = settings.json();
        var expected = new LinkedHashMap<Pointer, String>();
        json.expect().forEach((pointer, text) -> expected.put(Pointer.of("json.expect", pointer), text));
        var shape = new AnswerShape(
                Pointer.of(
                        "json.pointer",
                        json.pointer().orElseThrow(() -> new IllegalArgumentException("json.pointer is missing"))),
                Reducer.of(json.reducer()),
                json.samplesPointer().map(pointer -> Pointer.of("json.samples-pointer", pointer)),
                json.seriesPointer().map(pointer -> Pointer.of("json.series-pointer", pointer)),
                json.errorPointers().orElse(List.of()).stream()
                        .map(pointer -> Pointer.of("json.error-pointers", pointer))
                        .toList(),
                expected);
        return new HttpJson(http, RequestShape.of(settings), shape);
    }
}
