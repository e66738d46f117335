package dev.sluice.schemas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.check.DocumentSchema;
import dev.sluice.schemas.wire.Json;
import org.junit.jupiter.api.Test;

/** What docs/observe.md shows of a status is a part of one. */
class ObservationTest {
    @Test
    void whatIsShownIsAPartOfAStatus() throws Exception {
        // given
        var shown = Example.all().stream()
                .filter(example -> example.page().equals("docs/observe.md")
                        && example.text().contains("\"observation\""))
                .toList();
        assertThat(shown).hasSize(1);
        var status = (ObjectNode)
                Json.mapper().readTree(Examples.valid("status").getFirst().text());

        // when
        status.setAll((ObjectNode) Json.mapper().readTree(shown.getFirst().text()));

        // then
        assertThat(DocumentSchema.named("status").problems(status)).isEmpty();
    }
}
