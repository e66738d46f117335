package dev.sluice.sandbox.parts;

import org.junit.jupiter.api.condition.EnabledIf;

/** Runs only where the binaries are installed: a test does not download them. */
@EnabledIf("installed")
class RealKubernetesTest extends KubernetesPartContract {
    static boolean installed() {
        return ApiBinaries.installed().isPresent();
    }

    @Override
    KubernetesPart start() {
        return KubernetesPart.start(KubernetesPart.Choice.REAL);
    }
}
