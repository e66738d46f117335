package dev.sluice.applier.core;

/**
 * What runs behind a backend, as its workload says.
 *
 * @param workload for people
 * @param revision of the pods that it makes; null where that can't be told
 * @param lacks why not all of its pods are of that revision yet, or why nothing can be told; null where they are
 * @param isSeen whether it was seen at all
 */
public record Running(String workload, String revision, String lacks, boolean isSeen) {

    public static Running unseen(String workload, String why) {
        return new Running(workload, null, why, false);
    }
}
