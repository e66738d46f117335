package dev.sluice.dashboard.config;

import dev.sluice.dashboard.core.Bounds;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Everything that can be set about the dashboard. As an environment variable: {@code SLUICE_DASHBOARD_ENGINE_URL}. */
@ConfigMapping(prefix = "sluice")
public interface DashboardConfig {
    Topics topics();

    Dashboard dashboard();

    interface Topics {
        /** What every topic's name begins with; the same for all services. The consumer groups carry it too. */
        @WithDefault("rollout.")
        String prefix();
    }

    interface Dashboard {
        Engine engine();

        Memory memory();

        /** Where people find more about a target, by what the link is called. */
        Map<String, Link> links();

        /** How often a stream says that it lives and how old its picture is. */
        @WithDefault("PT15S")
        Duration heartbeat();

        /** Streams that may be open at once; further ones are told to come again. */
        @WithDefault("1000")
        int streams();

        /** How long a stream's beginning waits for the engine to say what is frozen. */
        @WithDefault("PT0.5S")
        Duration freezesWithin();
    }

    /** A link to somewhere else. */
    interface Link {
        /** With placeholders for what the target is, see {@code LinkTemplate}: {@code https://grafana.example/d/canary?var-app={application}}. */
        String url();
    }

    /** Where commands go to, and whatever isn't remembered here comes from. */
    interface Engine {
        /** Of the rollout-engine's HTTP, without a path. */
        @WithDefault("http://localhost:8080")
        URI url();

        @WithDefault("PT2S")
        Duration connectWithin();

        /** Longer than the engine lets anyone wait for what became of a command. */
        @WithDefault("PT70S")
        Duration answerWithin();

        /** The longest request that is passed on; the engine takes commands of 1 MiB. */
        @WithDefault("1M")
        MemorySize longestRequest();

        /** The longest answer that is passed back. */
        @WithDefault("16M")
        MemorySize longestAnswer();
    }

    /** What is kept; older things are the engine's to tell. */
    interface Memory {
        /** How far back audit and verdicts are read at the start. */
        @WithDefault("P7D")
        Duration history();

        /** Statuses, one for each target. Beyond, those that ended first are left out, and snapshots say how many. */
        @WithDefault("20000")
        int statuses();

        /** The last events, for streams that broke off and for those that read slowly. */
        @WithDefault("10000")
        int recent();

        /** The text of all these events together. */
        @WithDefault("16M")
        MemorySize recentText();

        /** Audit entries of one application. */
        @WithDefault("300")
        int audit();

        /** Verdicts of one target. */
        @WithDefault("200")
        int verdicts();

        /** Points of one target's weight. */
        @WithDefault("1000")
        int weights();

        /** The text of all applications' audit, verdicts and weights; beyond, the application heard of longest ago is forgotten. */
        @WithDefault("96M")
        MemorySize timelines();

        /** Ends of targets that the fleet's figures count. */
        @WithDefault("50000")
        int ends();

        default Bounds bounds() {
            return new Bounds(
                    history(),
                    statuses(),
                    recent(),
                    recentText().asLongValue(),
                    audit(),
                    verdicts(),
                    weights(),
                    timelines().asLongValue(),
                    ends());
        }
    }
}
