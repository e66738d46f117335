package dev.sluice.applier.mesh;

import java.util.List;

/**
 * A kind of Kubernetes object.
 *
 * @param group empty for the core group
 * @param versions that the plug-in can write, the preferred first
 */
public record Kind(String group, String plural, String kind, boolean isNamespaced, List<String> versions) {
    public Kind {
        versions = List.copyOf(versions);
    }

    public static Kind namespaced(String group, String plural, String kind, String... versions) {
        return new Kind(group, plural, kind, true, List.of(versions));
    }

    /** As it stands in a route's identity: {@code plural.group}, of the core group {@code plural} alone. */
    public String name() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** As objects name it. */
    public String apiVersion(String version) {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Where the API server has it: {@code api/v1}, or {@code apis/group/version}. */
    public String root(String version) {
        return (group.isEmpty() ? "api/" : "apis/") + apiVersion(version);
    }

    /**
     * For people, what to do where the cluster doesn't serve it.
     *
     * @param offered the versions in which the cluster does serve such objects
     */
    public String unserved(List<String> offered) {
        return "the cluster serves no " + kind + " of " + group + " in any of " + versions
                + (offered.isEmpty()
                        ? ": install the mesh's definitions"
                        : ", only in " + offered + ": install definitions of a version that Sluice can write");
    }
}
