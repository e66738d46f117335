package dev.sluice.sandbox.parts;

class MockKubernetesTest extends KubernetesPartContract {
    @Override
    KubernetesPart start() {
        return KubernetesPart.start(KubernetesPart.Choice.MOCK);
    }
}
