package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages on other tools show what {@code sluice import} makes of their example. */
class MigrationPagesTest {
    private static final Pattern EXAMPLE = Pattern.compile(
            "^```yaml theirs\n(?<theirs>.*?)^```$.*?^```yaml\n(?<ours>.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"from-argo-rollouts.md", "from-flagger.md", "from-cd-as-a-service.md"})
    void theirExampleBecomesOurs(String page) throws IOException {
        // given
        var shown = EXAMPLE.matcher(Files.readString(Path.of("../docs").resolve(page)));
        assertThat(shown.find()).isTrue();
        // when
        var ran = Shell.plain().given(shown.group("theirs")).run("import -f -");
        // then
        assertThat(ran.out()).endsWith(shown.group("ours"));
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from-argo-rollouts.md", "from-flagger.md", "from-cd-as-a-service.md"})
    void oursIsValid(String page) throws IOException {
        // given
        var shown = EXAMPLE.matcher(Files.readString(Path.of("../docs").resolve(page)));
        assertThat(shown.find()).isTrue();
        // then
        assertThat(Shell.plain().given(shown.group("ours")).run("validate -f -").exit())
                .isZero();
    }
}
