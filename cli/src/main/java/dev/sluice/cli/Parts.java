package dev.sluice.cli;

import java.lang.reflect.Constructor;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes each command with what its one constructor asks for: the session, which all of them share. */
final class Parts implements IFactory {
    private final Session session;

    Parts(Surroundings here) {
        this.session = new Session(here);
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == Session.class) {
            return type.cast(session);
        }
        var taking = taking(type);
        if (taking.isEmpty()) {
            return CommandLine.defaultFactory().create(type);
        }
        taking.get().setAccessible(true);
        return type.cast(taking.get().newInstance(session));
    }

    private static Optional<Constructor<?>> taking(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors())
                .filter(constructor ->
                        constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Session.class)
                .findFirst();
    }
}
