package dev.sluice.schemas.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.Examples.Example;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.wire.Json;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file in the examples against the plan or the problems beside it, in the whole language. */
class RolloutFileExamplesTest {
    private final RolloutFileReader reader = new RolloutFileReader();

    static List<Example> valid() {
        return Examples.valid("rollout-file");
    }

    static List<Example> invalid() {
        return Examples.invalid("rollout-file");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidFileBecomesThePlanBesideIt(Example example) throws Exception {
        // when
        var read = reader.read(example.text(), Overrides.NONE);

        // then
        var expected = Json.mapper().readValue(example.expected(), RolloutPlan.class);
        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Valid.class, valid -> assertThat(valid.plan()).isEqualTo(expected));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aPlanIsReadBackAsItWasStored(Example example) throws Exception {
        // given
        var plan = ((Read.Valid) reader.read(example.text(), Overrides.NONE)).plan();

        // then
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsBytes(plan), RolloutPlan.class))
                .isEqualTo(plan);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidFileIsRefusedWithTheProblemsBesideIt(Example example) throws Exception {
        // when
        var read = reader.read(example.text(), Overrides.NONE);

        // then
        var expected = Json.mapper().readValue(example.expected(), new TypeReference<List<Problem>>() {});
        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Invalid.class,
                        invalid -> assertThat(invalid.problems()).isEqualTo(expected));
    }
}
