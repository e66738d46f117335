package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

class ProcessUsageTest {
    private static final String STAT = "4242 (java) S 1 4242 4242 0 -1 4194560 90000 0 12 0 1500 250 7 8 20 0 61 0 99";
    private static final String STATUS = """
            Name:	java
            VmHWM:	  400000 kB
            VmRSS:	  262144 kB
            RssAnon:	  200000 kB
            """;

    @Test
    void cpuTimeIsThatOfUserAndKernelWithoutChildren() {
        assertThat(ProcessUsage.of(STAT, STATUS)).isEqualTo(new ProcessUsage(17.5, 256L << 20));
    }

    @Test
    void aCommandMayHaveBlanksAndBracketsInItsName() {
        assertThat(ProcessUsage.of(STAT.replace("(java)", "(a ) 1 (b)"), STATUS).cpuSeconds())
                .isEqualTo(17.5);
    }

    @Test
    void aProcessWithoutMemoryIsRefused() {
        assertThatThrownBy(() -> ProcessUsage.of(STAT, "Name:\tkthreadd\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("VmRSS");
    }

    @Test
    void aRunningProcessIsReadFromTheMachine() {
        assumeThat(ProcessUsage.isKnown()).isTrue();
        assertThat(ProcessUsage.of(ProcessHandle.current().pid()).residentBytes())
                .isGreaterThan(10L << 20);
    }
}
