package dev.sluice.simulation.people;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command.Expect;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.world.Chance;
import dev.sluice.simulation.world.World;
import java.util.List;
import java.util.Set;

/** The people and pipelines of one application: start rollouts, answer what they are asked, and meddle. */
public final class Operators {
    /** Ends the id of a release that is begun when everything works. */
    public static final String TRIAL = "-trial";

    private static final List<String> PEOPLE = List.of("alice", "bob", "carol");
    private static final long LOOK_MILLIS = 5000;
    private static final long AFTER_THE_STORM_MILLIS = 75_000;
    private static final List<CommandType> MEDDLING = List.of(
            CommandType.PAUSE,
            CommandType.RESUME,
            CommandType.APPROVE,
            CommandType.ABORT,
            CommandType.ABORT,
            CommandType.REJECT,
            CommandType.SKIP,
            CommandType.PROMOTE,
            CommandType.GOTO,
            CommandType.FINALIZE,
            CommandType.ABANDON,
            CommandType.RETRY,
            CommandType.UNDO,
            CommandType.DELETE,
            CommandType.START);

    /** What goes on by itself, and may be passed all the same. */
    private static final Set<String> CLOSED = Set.of("window", "freeze");

    private final World world;
    private final Faults faults;
    private final Chance chance;
    private final Bus bus;
    private final Dashboard dashboard;
    private final RolloutFiles files;
    private final Scene scene;
    private final boolean areAttentive;
    private int startsLeft;
    private int commands;

    public Operators(World world, Faults faults, Bus bus, Dashboard dashboard, RolloutFiles files, Scene scene) {
        this.world = world;
        this.faults = faults;
        this.chance = world.chance();
        this.bus = bus;
        this.dashboard = dashboard;
        this.files = files;
        this.scene = scene;
        this.areAttentive = chance.percent(85);
        this.startsLeft = chance.between(1, 3);
    }

    public void begin() {
        world.in(chance.between(0, 5000), this::look);
        for (var more = chance.between(0, 3); more > 0; more--) {
            world.in(chance.between(1000, (int) faults.calmAtMillis()), this::meddle);
        }
        world.in(faults.calmAtMillis() + AFTER_THE_STORM_MILLIS, this::tryOnce);
    }

    /** Everything works again: a release of which the outcome is certain. */
    private void tryOnce() {
        if (areAttentive && !dashboard.isBusy(scene)) {
            var id = nextId() + TRIAL;
            files.writeTrial(scene, id);
            send(id, say(CommandType.START).of(id + (chance.percent(50) ? "" : Shop.BAD), false));
        }
    }

    private void look() {
        world.in(LOOK_MILLIS, this::look);
        if (!dashboard.isBusy(scene)) {
            startNext();
        } else if (areAttentive || !faults.areOver()) {
            for (var target : scene.targets()) {
                var status = dashboard.of(scene.application(), target);
                if (status != null && !status.phase().isFinal() && chance.percent(70)) {
                    answer(status);
                }
            }
        }
    }

    private void startNext() {
        if (startsLeft > 0 && chance.percent(50) && !faults.areOver()) {
            startsLeft--;
            if (chance.percent(15)) {
                send(say(chance.percent(50) ? CommandType.RETRY : CommandType.UNDO)
                        .forced(chance.percent(20)));
            } else {
                start();
            }
            if (chance.percent(20)) {
                world.in(chance.between(1, 20_000), this::start);
            }
            if (chance.percent(25)) {
                world.in(chance.between(1, chance.percent(50) ? 30 : 500), () -> send(say(CommandType.ABORT)));
            }
        }
    }

    private void start() {
        var id = nextId();
        files.write(chance, scene, id, world.now());
        send(id, say(CommandType.START).of(id + (chance.percent(60) ? "" : Shop.BAD), chance.percent(25)));
    }

    private void answer(Status status) {
        var waiting = status.waitingFor();
        var here = new Expect(status.rollout(), null);
        if (status.observation() != null) {
            tellWhatTheOtherDid(status);
        } else if (status.degraded()) {
            var answer = chance.percent(50) ? CommandType.ABANDON : CommandType.ABORT;
            send(say(answer).on(status.target()).forced(true));
        } else if (waiting == null) {
            return;
        } else if (waiting.kind().equals("approval")) {
            var roles = faults.areOver() || chance.percent(80) ? List.of(RolloutFiles.ROLE) : List.of("dev");
            var answer = faults.areOver() || chance.percent(90) ? CommandType.APPROVE : CommandType.REJECT;
            send(say(answer)
                    .on(status.target())
                    .expecting(new Expect(status.rollout(), status.step()))
                    .as(roles));
        } else if (status.reasonCode() == ReasonCode.SHARE_DISAGREES && chance.percent(95)) {
            return; // goes on by itself once everybody calls through the mesh
        } else if (waiting.kind().equals("person")) {
            var answer = chance.percent(60) ? CommandType.RESUME : CommandType.ABORT;
            send(say(answer).on(status.target()).expecting(here));
        } else if (waiting.kind().equals("command")) {
            send(say(CommandType.FINALIZE).on(status.target()));
        } else if (CLOSED.contains(waiting.kind()) && chance.percent(5)) {
            send(say(CommandType.APPROVE)
                    .on(status.target())
                    .expecting(here)
                    .as(List.of(RolloutFiles.OVERRIDER))
                    .overriding());
        }
    }

    private void tellWhatTheOtherDid(Status status) {
        if (faults.areOver() || chance.percent(15)) {
            var word = chance.oneOf(List.of(CommandType.PROMOTE, CommandType.ABORT, CommandType.ABANDON));
            send(say(word).on(status.target()).expecting(new Expect(status.rollout(), null)));
        }
    }

    /** Says something that may not fit at all. */
    private void meddle() {
        var type = chance.oneOf(MEDDLING);
        if (type == CommandType.START) {
            start();
            return;
        }
        var target = chance.percent(50) ? null : chance.oneOf(Scene.CLUSTERS);
        var expect = chance.percent(70) ? null : new Expect(null, chance.between(0, 4));
        var said = say(type)
                .on(target)
                .expecting(expect)
                .as(List.of(RolloutFiles.ROLE))
                .forced(chance.percent(20));
        send(type == CommandType.GOTO ? said.to(chance.between(1, 5)) : said);
    }

    /** Any of them may be the one who says it. */
    private Said say(CommandType type) {
        return Said.that(type, chance.oneOf(PEOPLE));
    }

    private String nextId() {
        return scene.application().replace("shop/", "") + "-" + ++commands;
    }

    private void send(Said said) {
        send(nextId(), said);
    }

    private void send(String id, Said said) {
        bus.sendFromAnywhere(Topic.COMMANDS, scene.application(), said.command(id, scene.application()));
    }
}
