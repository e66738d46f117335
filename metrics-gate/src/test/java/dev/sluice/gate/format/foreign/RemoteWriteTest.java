package dev.sluice.gate.format.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

@DisplayName("B25 a small request of remote write becomes nothing large")
class RemoteWriteTest {
    private static final RemoteWrite SECOND = new RemoteWrite(true);

    @Test
    void aLongSymbolIsThereOnceHoweverOftenItIsReferredTo() throws IOException {
        // given
        var request = request(1000, 1, "x".repeat(5000));

        // when
        var samples = Formats.samples(SECOND, request);

        // then
        var values = Collections.newSetFromMap(new IdentityHashMap<String, Boolean>());
        samples.forEach(sample -> values.add(sample.labels().get("l0")));
        assertThat(samples).hasSize(1000);
        assertThat(values).hasSize(1).allMatch(value -> value.length() == Bounded.LABEL_CHARS);
    }

    @Test
    void labelsAreCountedOverTheWholeRequest() throws IOException {
        assertThat(SECOND.read(request(9_000, 60, "x"), new RecordHeaders()))
                .isInstanceOfSatisfying(
                        ForeignReading.Unreadable.class,
                        why -> assertThat(why.reason()).contains("more than 400000 labels"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x07, 0x08, 0x0F})
    void aLengthOfGigabytesIsUnreadable(int highest) {
        var bytes = new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) highest, 0};

        assertThat(SECOND.read(bytes, new RecordHeaders())).isInstanceOf(ForeignReading.Unreadable.class);
    }

    /** So many series of one sample, with so many labels that have all the same value. */
    private static byte[] request(int series, int labels, String value) throws IOException {
        var references = new ByteArrayOutputStream();
        references.write(0);
        references.write(1);
        for (int label = 0; label < labels; label++) {
            references.write(3 + label);
            references.write(2);
        }
        var one = written(out -> {
            out.writeByteArray(1, references.toByteArray());
            out.writeByteArray(2, written(sample -> {
                sample.writeDouble(1, 7);
                sample.writeInt64(2, 1_796_032_800_000L);
            }));
        });
        return Snappy.compress(written(out -> {
            out.writeString(4, PrometheusJson.NAME_LABEL);
            out.writeString(4, "requests_total");
            out.writeString(4, value);
            for (int label = 0; label < labels; label++) {
                out.writeString(4, "l" + label);
            }
            for (int i = 0; i < series; i++) {
                out.writeByteArray(5, one);
            }
        }));
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Fields fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
