package dev.sluice.applier.kubernetes;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the API server says is there: of each object its version and no more.
 *
 * @param at the version of the list itself: what is not in it was not there then
 * @param versions by {@link SlimStore#key}
 */
record Listed(long at, Map<String, Long> versions) {
    Listed {
        versions = Map.copyOf(versions);
    }

    /**
     * What a store has not heard of yet; what it has heard of since the list was made is no difference.
     *
     * @return keys of objects that it lacks, has an older version of, or still has although they are gone
     */
    Set<String> newsTo(SlimStore<?, ?> store) {
        var news = new HashSet<String>();
        versions.forEach((key, version) -> {
            if (store.version(key) < version) {
                news.add(key);
            }
        });
        store.keySet()
                .filter(key -> !versions.containsKey(key) && store.version(key) <= at)
                .forEach(news::add);
        return news;
    }

    /**
     * Versions as the API server counts them, which grow with every write of the cluster.
     *
     * @return 0 where it is no such number: of that nobody can say whether it is older
     */
    static long number(String version) {
        var isNumber = version != null
                && !version.isEmpty()
                && version.length() < 19
                && version.chars().allMatch(Character::isDigit);
        return isNumber ? Long.parseLong(version) : 0;
    }
}
