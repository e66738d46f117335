package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RulesElsewhereTest {
    private static final Mesh CONSUL = new Consul();

    private static GoldenCase golden(String name) {
        return GoldenCase.of(CONSUL).stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> written(GoldenCase golden, RouteObjects objects) {
        return Plan.of(CONSUL, objects, golden.placement()).stream()
                .map(write -> write.getClass().getSimpleName() + " "
                        + write.ref().kind().kind())
                .toList();
    }

    @Test
    @DisplayName("an object that only waits for its finalizers is not removed once more")
    void leavesWhatIsGoing() {
        // given
        var golden = golden("takes-a-router-that-is-going-for-gone");

        // then
        assertThat(written(golden, golden.objects())).containsExactly("Update ServiceSplitter");
    }

    @Test
    @DisplayName("B01 where a person paused the other object, the way back goes on without it, and it stays as it is")
    void goesBackWhereTheOtherIsPaused() {
        // given
        var golden = golden("takes-its-routes-out-of-a-users-router");
        var router = golden.refs().getLast();
        var paused = golden.objects().get(router).orElseThrow().copy();
        paused.open("metadata", "annotations").put("sluice.dev/paused", "true");
        var objects = golden.objects().with(router, paused);

        // then
        assertThat(written(golden, objects)).containsExactly("Update ServiceSplitter");
        assertThat(CONSUL.read(objects, golden.order()).match()).isNotNull();
    }

    @Test
    @DisplayName("a match's rule comes before the weights, which name the fence, and goes after them")
    void writesInOrder() {
        // given
        var coming = golden("sends-what-matches-to-a-subset");
        var going = golden("removes-the-router-that-it-made");

        // then
        assertThat(written(coming, coming.objects())).containsExactly("Create ServiceRouter", "Update ServiceSplitter");
        assertThat(written(going, going.objects())).containsExactly("Update ServiceSplitter", "Delete ServiceRouter");
    }

    @Test
    @DisplayName("a rule that a person took out is put back, and the object that a person removed is made again")
    void putsBack() {
        // given
        var golden = golden("sends-what-matches-to-a-subset");
        var set = GoldenCheck.written(golden.objects(), Plan.of(CONSUL, golden.objects(), golden.placement()));
        var router = golden.refs().getLast();

        // when
        var removed = set.with(router, null);

        // then
        assertThat(CONSUL.read(set, golden.order()).match())
                .isEqualTo(golden.order().match());
        assertThat(CONSUL.read(removed, golden.order()).match()).isNull();
        assertThat(written(golden, removed)).containsExactly("Create ServiceRouter");
    }
}
