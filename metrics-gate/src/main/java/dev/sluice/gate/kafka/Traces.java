package dev.sluice.gate.kafka;

import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.wire.Attributes;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.telemetry.Hop;
import dev.sluice.telemetry.Tracing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a verdict is part of: the trace of the message that asked for it last. */
final class Traces {
    private final Tracing tracing;
    private final Map<TargetKey, Lineage> asked = new ConcurrentHashMap<>();

    Traces(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Kept as long as there is something to judge. */
    void asked(AnalysisSet set, Attributes message) {
        var key = new TargetKey(set.application(), set.target());
        if (set.analyses().isEmpty()) {
            asked.remove(key);
        } else {
            asked.put(key, Lineage.of(message));
        }
    }

    void forgotten(TargetKey key) {
        asked.remove(key);
    }

    Hop judged(Verdict verdict) {
        var key = new TargetKey(verdict.application(), verdict.target());
        return tracing.within("judge", asked.getOrDefault(key, Lineage.NONE))
                .about("application", verdict.application())
                .about("target", verdict.target())
                .about("rollout", verdict.rollout())
                .about("analysis", verdict.analysis())
                .about("outcome", verdict.outcome());
    }

    Tracing.Sending send(ProducerRecord<byte[], byte[]> record) {
        return tracing.send(List.of(record));
    }
}
