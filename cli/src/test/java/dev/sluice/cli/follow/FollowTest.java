package dev.sluice.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Engine;
import dev.sluice.cli.engine.PastRollout;
import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowTest {
    /** Knows nothing of anything. */
    private static final Engine NEW = new Engine() {
        @Override
        public List<Problem> send(ObjectNode command) {
            return List.of();
        }

        @Override
        public List<Audit> outcome(String application, String command, Duration longest) {
            return List.of();
        }

        @Override
        public List<RolloutShown> rollouts(String phase) {
            return List.of();
        }

        @Override
        public Optional<RolloutShown> rollout(String application) {
            return Optional.empty();
        }

        @Override
        public List<PastRollout> history(String application, int most) {
            return List.of();
        }

        @Override
        public List<Audit> decisions(String application, int most) {
            return List.of();
        }

        @Override
        public void close() {}
    };

    private static final Sight NOBODY = new Sight() {
        @Override
        public void seen(RolloutShown shown, List<Status> changed) {}

        @Override
        public void notice(String words) {}
    };

    @Test
    void doesNotWaitForWhatIsNowhereToBeSeen() {
        // given
        var follow = new Follow(NEW, "shop/checkout", "never", NOBODY, Duration.ofMillis(1));

        // when
        var stop = catchThrowableOfType(Stop.class, () -> follow.untilOver(null, true));

        // then
        assertThat(stop.exit()).isEqualTo(Exit.CONFLICT);
        assertThat(stop).hasMessageContaining("never began");
    }
}
