package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IstioDelegatesTest {
    @Test
    void aRootWithoutWeightsSaysWhereItLeavesThem() {
        // given
        var mesh = new Istio();
        var root = GoldenCase.of(mesh).stream()
                .filter(known -> known.name().equals("refuses-a-delegating-root"))
                .findFirst()
                .orElseThrow();

        // then
        assertThat(mesh.read(root.objects(), root.order()).unfit())
                .endsWith("or name the VirtualService that has them, for it delegates to [shop/cart]");
    }
}
