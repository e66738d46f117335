package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.mesh.Document;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OwnersTest {
    private static final String US = "prod-us/shop/trafficsplits.split.smi-spec.io/checkout";
    private static final String EU = "prod-eu/shop/trafficsplits.split.smi-spec.io/checkout";

    private final Owners owners = new Owners();

    private static Document fencedBy(String... routes) {
        var annotations = new java.util.HashMap<String, Object>();
        for (var route : routes) {
            annotations.put(Annotations.fenceKey(route), "1.1=0");
        }
        return new Document(Map.of("metadata", Map.of("annotations", annotations)));
    }

    @Test
    @DisplayName("B40: the second of two routes that are one object is told of the first, until that one lets go")
    void theSecondIsToldOfTheFirst() {
        // given
        assertThat(owners.other(US, fencedBy())).isEmpty();

        // when / then
        assertThat(owners.other(EU, fencedBy(US)))
                .hasValueSatisfying(words -> assertThat(words).contains(US));
        assertThat(owners.other(US, fencedBy(US))).isEmpty();
        owners.letGo(US);
        assertThat(owners.other(EU, fencedBy())).isEmpty();
    }

    @Test
    @DisplayName("B40: after a restart the object's own fence tells whose it is, whoever is read first")
    void theFenceTellsAfterARestart() {
        // when / then
        assertThat(owners.other(EU, fencedBy(US)))
                .hasValueSatisfying(words -> assertThat(words).contains(Annotations.fenceKey(US)));
        assertThat(owners.other(US, fencedBy(US))).isEmpty();
    }

    @Test
    @DisplayName("B40: rules of one object are routes beside each other")
    void rulesShareAnObject() {
        // when / then
        assertThat(owners.other(US + "/main", fencedBy())).isEmpty();
        assertThat(owners.other(US + "/beta", fencedBy(US + "/main"))).isEmpty();
    }
}
