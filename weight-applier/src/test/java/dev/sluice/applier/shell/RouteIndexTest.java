package dev.sluice.applier.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Urgency;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Smi;
import dev.sluice.schemas.wire.Lineage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RouteIndexTest {
    /** Nothing is asked of them here. */
    private static final Effects NONE = new Effects() {
        @Override
        public Asked call(Decision.Call call, Urgency urgency, Lineage lineage, Consumer<Event> answer) {
            return () -> false;
        }

        @Override
        public void report(Decision.Report report, Lineage lineage) {}

        @Override
        public void wake(Instant at, Runnable call) {}

        @Override
        public void count(Decision decision) {}

        @Override
        public void released(String route) {}

        @Override
        public void forgotten(String route) {}
    };

    private final RouteIndex<RouteActor> index = new RouteIndex<>();

    private static RouteActor actor(TestOrder order) {
        return RouteActor.alone(
                RouteState.open(order.route()), (state, event) -> List.of(), NONE, Runnable::run, Clock.systemUTC());
    }

    private void add(TestOrder order, RouteActor actor) {
        index.add(order.build(), new Meshes(List.of(new Smi())).match(order.build()), actor);
    }

    @Test
    @DisplayName("B39: news of an object or a Service reach the routes that they concern, until those are gone")
    void findsWhomNewsConcern() {
        // given
        var order = TestOrder.of(25);
        var first = actor(order);
        var second = actor(order.inCluster("staging"));
        add(order, first);
        add(order.between("checkout", "checkout-next"), first);
        add(order.inCluster("staging"), second);

        // when / then
        assertThat(index.ofObject("shop", "trafficsplits.split.smi-spec.io", "checkout"))
                .containsExactlyInAnyOrder(first, second);
        assertThat(index.ofService("shop", "checkout-next")).containsExactly(first);

        // when
        index.remove(first);
        index.remove(first);

        // then
        assertThat(index.ofService("shop", "checkout")).containsExactly(second);
        assertThat(index.ofService("shop", "checkout-next")).isEmpty();
    }
}
