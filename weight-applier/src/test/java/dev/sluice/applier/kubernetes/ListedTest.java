package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ListedTest {
    private final ServiceStore store = new ServiceStore();

    private void shows(String name, String version) {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withResourceVersion(version)
                .endMetadata()
                .build();
        store.put(store.getKey(service), service);
    }

    @Test
    @DisplayName("B49: what is listed in the version that the watch has shown is no news")
    void findsNothingWhereNothingWasMissed() {
        shows("checkout", "17");

        assertThat(new Listed(20, Map.of("shop/checkout", 17L)).newsTo(store)).isEmpty();
    }

    @Test
    @DisplayName("B49: what the watch has not shown, or in an older version, or shows although it is gone, was missed")
    void findsWhatWasMissed() {
        shows("edited", "17");
        shows("deleted", "18");

        assertThat(new Listed(20, Map.of("shop/edited", 19L, "shop/made", 20L)).newsTo(store))
                .containsExactlyInAnyOrder("shop/edited", "shop/made", "shop/deleted");
    }

    @Test
    @DisplayName("B49: what the watch has shown since the list was made is no difference")
    void leavesWhatIsNewerThanTheList() {
        shows("edited", "21");
        shows("made", "22");

        assertThat(new Listed(20, Map.of("shop/edited", 19L)).newsTo(store)).isEmpty();
    }

    @Test
    @DisplayName("B49: of versions that are no numbers nobody can say which is older")
    void takesNoWordForANumber() {
        shows("checkout", "a");

        assertThat(new Listed(20, Map.of("shop/checkout", Listed.number("b"))).newsTo(store))
                .isEmpty();
    }
}
