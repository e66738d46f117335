package dev.sluice.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.sluice.schemas.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** State made of sealed interfaces and records is stored and read back as it was, without annotations. */
class SealedTypesTest {
    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    record Group(List<Shape> members, Map<String, Shape> named, Instant since) implements Shape {}

    sealed interface Angular extends Shape {}

    record Square(Weight side) implements Angular {}

    enum Fixed implements Angular {
        POINT
    }

    record Drawing(Shape shape, Angular angular, Duration took) {}

    sealed interface Clashing {
        record Type(String type) implements Clashing {}
    }

    sealed interface Twin {
        record Circle(int radius) implements Twin {}

        sealed interface Inner extends Twin {
            record Circle(int radius) implements Inner {}
        }
    }

    @Test
    void nestedSealedInterfacesComeBackAsTheyWere() throws Exception {
        // given
        var drawing = new Drawing(
                new Group(
                        List.of(new Circle(1), new Square(Weight.percent(25))),
                        Map.of("a", new Group(List.of(), Map.of(), Instant.EPOCH)),
                        Instant.parse("2026-11-20T12:00:00.123456789Z")),
                new Square(Weight.ZERO),
                Duration.ofMillis(1500));

        // when
        var json = Json.mapper().writeValueAsString(drawing);

        // then
        assertThat(Json.mapper().readValue(json, Drawing.class)).isEqualTo(drawing);
        assertThat(json).contains("\"type\":\"group\"", "\"type\":\"square\"", "\"type\":\"circle\"");
    }

    @Test
    void aCaseNamesItselfAlsoWhereItIsTheWholeDocument() throws Exception {
        // when
        var json = Json.mapper().writeValueAsString(new Circle(3));

        // then
        assertThat(json).isEqualTo("{\"type\":\"circle\",\"radius\":3}");
        assertThat(Json.mapper().readValue(json, Shape.class)).isEqualTo(new Circle(3));
        assertThat(Json.mapper().readValue(json, Circle.class)).isEqualTo(new Circle(3));
    }

    @Test
    void listsOfCasesKeepTheirNames() throws Exception {
        // given
        var shapes = List.<Shape>of(new Circle(1), new Square(Weight.FULL));

        // when
        var json = Json.mapper().writerFor(new TypeReference<List<Shape>>() {}).writeValueAsString(shapes);

        // then
        assertThat(Json.mapper().readValue(json, new TypeReference<List<Shape>>() {}))
                .isEqualTo(shapes);
    }

    @Test
    void anUnknownCaseIsRefused() {
        assertThatThrownBy(() -> Json.mapper().readValue("{\"type\":\"hexagon\"}", Shape.class))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("circle");
        assertThatThrownBy(() -> Json.mapper().readValue("{\"radius\":1}", Shape.class))
                .isInstanceOf(JsonMappingException.class);
    }

    @Test
    void casesThatCouldNotBeToldApartAreRefusedAtOnce() {
        assertThatThrownBy(() -> Json.mapper().readValue("{\"type\":\"circle\"}", Twin.class))
                .hasMessageContaining("two cases of one sealed type have one name");
        assertThatThrownBy(() -> Json.mapper().readValue("{\"type\":\"type\"}", Clashing.class))
                .hasMessageContaining("has a component `type`");
    }

    @Test
    void theSameValueIsAlwaysTheSameText() throws Exception {
        // given
        var one = Map.of("b", 1, "a", 2, "c", 3);
        var other = new java.util.LinkedHashMap<>(Map.of("c", 3, "b", 1));
        other.put("a", 2);

        // then
        assertThat(Json.mapper().writeValueAsString(one))
                .isEqualTo(Json.mapper().writeValueAsString(other))
                .isEqualTo("{\"a\":2,\"b\":1,\"c\":3}");
    }
}
