package dev.sluice.simulation.mutant;

import java.util.List;
import java.util.stream.Stream;

/** All mutants; each invariant has at least one. */
public final class Mutants {
    private Mutants() {}

    public static List<Mutant> all() {
        return Stream.of(
                        ShellMutants.all(),
                        EngineMutants.all(),
                        ApplierMutants.all(),
                        MeshMutants.all(),
                        LanguageMutants.all(),
                        ConstraintMutants.all(),
                        PeopleMutants.all())
                .flatMap(List::stream)
                .toList();
    }
}
