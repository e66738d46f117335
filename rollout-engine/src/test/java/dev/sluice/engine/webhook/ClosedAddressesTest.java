package dev.sluice.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, loopback",
        "127.255.255.254, loopback",
        "::1, loopback",
        "::ffff:127.0.0.1, loopback",
        "64:ff9b::7f00:1, loopback",
        "2002:7f00:1::, loopback",
        "2001:0:1:2:3:4:80ff:fffe, loopback",
        "::127.0.0.1, loopback",
        "169.254.1.1, link-local",
        "fe80::1, link-local",
        "169.254.169.254, metadata",
        "64:ff9b::a9fe:a9fe, metadata",
        "100.100.100.200, metadata",
        "fd00:ec2::254, metadata",
        "224.0.0.1, multicast",
        "ff02::1, multicast",
        "0.0.0.0, unspecified",
        "0.1.2.3, unspecified",
        "::, unspecified",
        "255.255.255.255, broadcast"
    })
    void knowsThem(String address, String kind) throws UnknownHostException {
        assertThat(ClosedAddresses.kind(InetAddress.getByName(address)).orElseThrow())
                .contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "192.168.1.1",
                "8.8.8.8",
                "128.0.0.1",
                "169.253.255.255",
                "2606:4700::1111",
                "fd12::1"
            })
    void leavesOthersOpen(String address) throws UnknownHostException {
        assertThat(ClosedAddresses.kind(InetAddress.getByName(address))).isEmpty();
    }

    @Test
    void oneClosedAddressOfSeveralIsEnough() throws UnknownHostException {
        // given
        var destinations = new Destinations(List.of("*"), List.of());
        var addresses = List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getLoopbackAddress());

        // when / then
        assertThatThrownBy(() -> destinations.check("rebound.example.com", addresses))
                .isInstanceOf(Uncallable.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("sluice.webhooks.networks");
    }

    @Test
    void opensNoMoreThanItsNetwork() throws UnknownHostException {
        // given
        var destinations = new Destinations(List.of("*"), List.of("127.0.0.0/30"));
        var within = List.of(InetAddress.getByName("127.0.0.3"));
        var beside = List.of(InetAddress.getByName("127.0.0.4"));

        // when / then
        assertThatCode(() -> destinations.check("a", within)).doesNotThrowAnyException();
        assertThatThrownBy(() -> destinations.check("a", beside)).isInstanceOf(Uncallable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost/8", "10.0.0.0/33", "fd00::/129", "1.2.3.4.5/8"})
    void refusesWhatIsNoNetwork(String network) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Destinations(List.of("*"), List.of(network)))
                .withMessageContaining("sluice.webhooks.networks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com", "a*b", "", "*.*.com", "example.com:80"})
    void refusesWhatIsNoHost(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Destinations(List.of(host), List.of()))
                .withMessageContaining("sluice.webhooks.hosts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a.example.com/", "https://u:p@a.example.com/", "/path", "https://", "not a URL"})
    void refusesWhatIsNoUrlToCall(String url) {
        // given
        var destinations = new Destinations(List.of("*"), List.of());

        // when / then
        assertThatThrownBy(() -> destinations.url(url)).isInstanceOf(Uncallable.class);
    }

    @ParameterizedTest
    @CsvSource({"a.example.com, true", "A.Example.COM, true", "example.com, false", "aexample.com, false"})
    void aPatternIsForAllBelowAName(String host, boolean isAllowed) {
        // given
        var destinations = new Destinations(List.of("*.example.com"), List.of());

        // when / then
        if (isAllowed) {
            assertThatCode(() -> destinations.url("https://" + host + "/")).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> destinations.url("https://" + host + "/")).isInstanceOf(Uncallable.class);
        }
    }
}
