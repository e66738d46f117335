package dev.sluice.gate.format.foreign;

import jakarta.inject.Singleton;
import java.io.IOException;
import org.apache.kafka.common.header.Headers;

/** {@code otlp_proto}: {@code ExportMetricsServiceRequest} as the OpenTelemetry Collector's Kafka exporter writes it by itself. */
@Singleton
public class OtlpProto implements MetricFormat {
    @Override
    public String name() {
        return "otlp_proto";
    }

    @Override
    public ForeignReading read(byte[] value, Headers headers) {
        if (value == null) {
            return new ForeignReading.Unreadable("no value");
        }
        try {
            var metrics = OtlpProtoReader.read(value);
            return metrics == null
                    ? new ForeignReading.Unreadable("no resource_metrics of OTLP in it")
                    : new ForeignReading.Samples(OtlpSamples.of(metrics));
        } catch (IOException e) {
            return new ForeignReading.Unreadable("no OTLP protobuf: " + e.getMessage());
        }
    }
}
