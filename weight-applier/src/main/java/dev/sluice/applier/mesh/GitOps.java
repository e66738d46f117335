package dev.sluice.applier.mesh;

import java.util.stream.Stream;

/** Tools that apply objects from Git again and again, known by the labels and annotations they leave. */
final class GitOps {
    private static final String[] ARGO = {"argocd.argoproj.io/tracking-id", "argocd.argoproj.io/instance"};
    private static final String[] FLUX = {"kustomize.toolkit.fluxcd.io/name"};
    private static final String[] FLUX_HELM = {"helm.toolkit.fluxcd.io/name"};

    private GitOps() {}

    /** What to write into Git so that the tool leaves the weights alone; null where no such tool has left its label. */
    static String advice(ObjectRef ref, Document object) {
        var argo = label(object, ARGO);
        if (argo != null) {
            return "Argo CD applies it again (" + argo + "): add to its Application  ignoreDifferences: [{group: "
                    + ref.kind().group() + ", kind: " + ref.kind().kind() + ", name: " + ref.name()
                    + ", managedFieldsManagers: [" + Marks.FIELD_MANAGER
                    + "]}]  and the sync option  RespectIgnoreDifferences=true";
        }
        var flux = label(object, FLUX);
        if (flux != null) {
            return "Flux applies it again (" + flux
                    + "): annotate it in Git with  kustomize.toolkit.fluxcd.io/ssa: IfNotPresent";
        }
        var helm = label(object, FLUX_HELM);
        return helm == null
                ? null
                : "Flux applies it again (" + helm
                        + "): add to its HelmRelease  driftDetection: {mode: enabled, ignore: [{paths: [/spec], target: {kind: "
                        + ref.kind().kind() + ", name: " + ref.name() + "}}]}";
    }

    private static String label(Document object, String... names) {
        return Stream.of(names)
                .filter(name -> object.text("metadata", "labels", name) != null
                        || object.text("metadata", "annotations", name) != null)
                .findFirst()
                .orElse(null);
    }
}
