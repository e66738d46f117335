package dev.sluice.sandbox.demo;

import dev.sluice.sandbox.shop.Backend;
import dev.sluice.sandbox.shop.Shop;
import dev.sluice.schemas.message.Phase;
import java.util.List;

/**
 * One release of the demo: what is deployed behind which Service, and where its rollout must lead.
 *
 * @param service the one that is the canary this time
 */
public record Release(String service, Backend.Deployment deployment, Phase expected, String story) {
    private static final double SOUND = 0;
    private static final double FAULTY = 0.05;

    /** The three rollouts of the demo, in order. */
    public static final List<Release> ALL = List.of(
            new Release(
                    Shop.GREEN,
                    new Backend.Deployment("1.1.0", SOUND),
                    Phase.PROMOTED,
                    "a healthy release, behind green"),
            new Release(
                    Shop.BLUE,
                    new Backend.Deployment("1.2.0", SOUND),
                    Phase.PROMOTED,
                    "the next one, the other way round: green has the traffic now"),
            new Release(
                    Shop.GREEN,
                    new Backend.Deployment("1.3.0", FAULTY),
                    Phase.ROLLED_BACK,
                    "a faulty one: 5 % of its answers are errors"));

    /** One more, which waits for whoever looks. */
    static final Release WAITING = new Release(
            Shop.GREEN,
            new Backend.Deployment("1.4.0", SOUND),
            Phase.AWAITING_APPROVAL,
            "a healthy one that waits for somebody's word");

    public String version() {
        return deployment.version();
    }
}
