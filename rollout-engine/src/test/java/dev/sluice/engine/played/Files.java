package dev.sluice.engine.played;

/** Rollout files and commands of the tests. */
public final class Files {
    private Files() {}

    /** One target {@code prod} whose route is named after the application's last segment. */
    public static String file(String application, String steps) {
        return file(application, application.substring(application.lastIndexOf('/') + 1), steps);
    }

    public static String file(String application, String split, String steps) {
        return """
                {"version":"v1","kind":"kubernetes","application":"%1$s",
                 "targets":{"prod":{"cluster":"local","namespace":"shop","strategy":"steps"}},
                 "strategies":{"steps":{"canary":{"steps":[%3$s]}}},
                 "analysis":{"queries":[{"name":"errors","upperLimit":0.1,
                   "ratio":{"numerator":{"metric":"requests","labels":{"code":"5.."}},"denominator":{"metric":"requests"}}}]},
                 "trafficManagement":[{"smi":[{"rootServiceName":"%2$s","activeServiceName":"%2$s",
                   "canaryServiceName":"%2$s-canary","trafficSplitName":"%2$s"}]}]}
                """.formatted(application, split, steps);
    }

    public static String start(String application, String id, String file) {
        return """
                {"id":"%s","type":"start","application":"%s","actor":"tests","revision":"2","rollout":%s}
                """.formatted(id, application, file);
    }

    public static String command(String application, String id, String type) {
        return """
                {"id":"%s","type":"%s","application":"%s","actor":"tests"}
                """.formatted(id, type, application);
    }
}
