package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data goes to standard output, as it was asked for. */
class OutputTest {
    private final ScriptedServer server = new ScriptedServer()
            .on("GET /api/rollouts", 200, List.of(Said.rollout("r1", Phase.PROMOTED, ReasonCode.PROMOTED)))
            .on("GET /api/rollouts/shop/checkout", 200, Said.rollout("r1", Phase.PROMOTED, ReasonCode.PROMOTED))
            .on("GET /api/history/shop/checkout", 200, List.of(Said.past("r1", Phase.PROMOTED, ReasonCode.PROMOTED)))
            .on(
                    "GET /api/decisions/shop/checkout",
                    200,
                    List.of(
                            Said.decision("Promoted", "prod", "all steps are done"),
                            Said.decision("Started", null, "started")));

    private final Shell shell = Shell.of(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aTableHasItsColumnsBelowTheirHeadings() {
        // when
        var ran = shell.run("list");
        // then
        assertThat(ran.out().lines().toList())
                .satisfiesExactly(
                        headings -> assertThat(headings).startsWith("APPLICATION    REVISION  TARGET  PHASE"),
                        row -> assertThat(row).startsWith("shop/checkout  1.4.2     prod    Promoted"));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void jsonAndYamlHaveTheSameContent() {
        // when
        var json = Read.json(shell.run("list -o json").out());
        var yaml = shell.run("list -o yaml").out();
        // then
        assertThat(json.at("/0/targets/0/phase").asText()).isEqualTo("Promoted");
        assertThat(yaml).contains("application: shop/checkout", "phase: Promoted", "revision: 1.4.2");
    }

    @Test
    void globalOptionsMayStandBeforeTheCommandToo() {
        // when
        var ran = Shell.plain().run("-o json --url " + server.url() + " list");
        // then
        assertThat(Read.json(ran.out()).isArray()).isTrue();
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        // when
        var piped = shell.run("get shop/checkout").out();
        var shown = shell.onTerminal().run("get shop/checkout").out();
        var plain = shell.onTerminal()
                .with("NO_COLOR", "1")
                .run("get shop/checkout")
                .out();
        // then
        assertThat(shown).contains("\u001b[32mPromoted");
        assertThat(piped).isEqualTo(plain).doesNotContain("\u001b").contains("prod  Promoted  ██");
    }

    @Test
    void theAuditTrailEndsWithTheNewest() {
        // when
        var ran = shell.run("audit shop/checkout");
        // then
        assertThat(ran.out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).contains("Started"),
                        line -> assertThat(line).contains("all steps are done"));
    }

    @Test
    void theHistorySaysWhy() {
        // when
        var ran = shell.run("history shop/checkout");
        // then
        assertThat(ran.out()).contains("r1", "1.4.2", "prod: because of Promoted");
    }

    @Test
    void helpIsDataAndEndsWithZero() {
        // when
        var ran = shell.run("start --help");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("--request-id", "--wait");
    }

    @Test
    void everyCommandIsInTheHelpWithTheExitCodes() {
        // when
        var ran = shell.run("--help");
        // then
        assertThat(ran.out()).contains("start", "abort", "audit", "  7   waits for a person");
    }

    @Test
    void usageIsInKubectlsWordsWhereItCalled() {
        // when
        var ran = shell.with("SLUICE_CALLED_AS", "kubectl-sluice").run("list --help");
        // then
        assertThat(ran.out()).startsWith("Usage: kubectl sluice list");
    }

    @Test
    void completesInTheShell() {
        // when
        var ran = shell.run("generate-completion");
        // then
        assertThat(ran.out()).contains("complete -F _complete_sluice", "approve");
    }
}
