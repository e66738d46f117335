package dev.sluice.cli.replay;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which rollouts are looked at again. */
public sealed interface Selection {
    /** In the order in which they began. */
    List<String> of(PastRollouts all, Instant now) throws Stop;

    record Last(int count) implements Selection {
        @Override
        public List<String> of(PastRollouts all, Instant now) {
            var over = all.over();
            return over.subList(Math.max(0, over.size() - count), over.size());
        }
    }

    record Since(Duration ago) implements Selection {
        @Override
        public List<String> of(PastRollouts all, Instant now) {
            var from = now.minus(ago);
            return all.over().stream()
                    .filter(rollout -> !all.startedAt(rollout).orElseThrow().isBefore(from))
                    .toList();
        }
    }

    record These(List<String> ids) implements Selection {
        public These {
            ids = List.copyOf(ids);
        }

        @Override
        public List<String> of(PastRollouts all, Instant now) throws Stop {
            for (var id : ids) {
                if (!all.knows(id)) {
                    throw new Stop(
                            Exit.INVALID,
                            "The audit has no rollout " + id + " of this application that has begun: `sluice history`"
                                    + " names them");
                }
            }
            return ids;
        }
    }

    /** As it is written: {@code last:20}, {@code since:7d}, or ids with commas between them. */
    final class Written implements ITypeConverter<Selection> {
        private static final String LAST = "last:";
        private static final String SINCE = "since:";

        @Override
        public Selection convert(String text) {
            if (text.startsWith(SINCE)) {
                return new Since(new Durations().convert(text.substring(SINCE.length())));
            }
            if (!text.startsWith(LAST)) {
                return new These(List.of(text.split(",")));
            }
            var count = text.substring(LAST.length());
            if (!count.matches("[1-9][0-9]{0,5}")) {
                throw new TypeConversionException("'" + text + "' is no choice of rollouts: write last:20, since:7d or"
                        + " their ids with commas between them");
            }
            return new Last(Integer.parseInt(count));
        }
    }
}
