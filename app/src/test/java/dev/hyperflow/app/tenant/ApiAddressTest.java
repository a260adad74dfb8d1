package dev.hyperflow.app.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAddressTest {
  private static ApiAddress address(String url) {
    return new ApiAddress(url, Optional.of("hf_secret"), Optional.empty(), Duration.ofSeconds(1));
  }

  @Test
  void shouldTakeAUrlOfAHostAndDropTheSlashAtItsEnd() {
    assertThat(address("http://127.0.0.1:8080/").base()).isEqualTo("http://127.0.0.1:8080");
    assertThat(address("https://[::1]:8443").base()).isEqualTo("https://[::1]:8443");
    assertThat(address("https://host/behind/a/proxy").base())
        .isEqualTo("https://host/behind/a/proxy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host:8080",
        "ftp://host",
        "http://",
        "http://user:pw@host",
        "http://host?a=b",
        "http://host#a",
        "http://ho st",
        "file:///etc/passwd"
      })
  void shouldRefuseAnythingElse(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> address(url))
        .withMessage("expected http://HOST:PORT or https://HOST:PORT, found " + url);
  }

  @Test
  void shouldNotShowItsToken() {
    assertThat(address("http://host")).hasToString("http://host");
  }
}
