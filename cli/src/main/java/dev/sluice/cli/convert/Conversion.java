package dev.sluice.cli.convert;

import java.util.Optional;

/** Finds out whose file it is. */
public final class Conversion {
    private Conversion() {}

    /**
     * Empty where it is nobody's that is known here.
     *
     * @param provider Flagger's, where its file doesn't name one; null: by what the file has
     */
    public static Optional<Imported> of(Documents documents, Place place, String provider) {
        var rollout = documents.first("argoproj.io", "Rollout");
        if (rollout.isPresent()) {
            return Optional.of(new ArgoRollout(documents, rollout.get(), place).converted());
        }
        var canary = documents.first("flagger.app", "Canary");
        if (canary.isPresent()) {
            return Optional.of(new FlaggerCanary(documents, canary.get(), place, provider).converted());
        }
        return documents.all().stream().filter(CdaasFile::isOne).findFirst().map(CdaasFile::converted);
    }
}
