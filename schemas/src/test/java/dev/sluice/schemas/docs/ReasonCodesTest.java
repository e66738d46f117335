package dev.sluice.schemas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.ReasonCode;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md has every reason code once, in the order of their list. */
class ReasonCodesTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| .+ \\|.*\\|$", Pattern.MULTILINE);

    @Test
    void everyReasonCodeIsInTheTable() {
        // given
        var page = Example.read(Example.TOP.resolve("docs/troubleshooting.md"));
        var table = page.substring(page.indexOf("\n## Reason codes\n"));

        // then
        assertThat(ROW.matcher(table).results().map(row -> row.group(1)))
                .containsExactlyElementsOf(
                        Stream.of(ReasonCode.values()).map(ReasonCode::word).toList());
    }
}
