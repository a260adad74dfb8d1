package dev.hyperflow.topology.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.topology.internal.mapping.DataFormat;
import dev.hyperflow.topology.internal.mapping.Missing;
import dev.hyperflow.topology.internal.mapping.Operation;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import dev.hyperflow.topology.internal.mapping.SourceMapping.Field;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
  private static ApplicationConfig with(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", "broker:9092");
    settings.put("schema.registry.url", "mock://sources");
    settings.put("source.tickets.topic", "helpdesk.tickets");
    settings.put("source.tickets.tenant", "value.customer.id");
    settings.put("source.tickets.text", "value.subject,value.body");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return ApplicationConfig.of(settings);
  }

  private static SourceMapping mapping(String... more) {
    return with(more).sources().get(0);
  }

  @Test
  void shouldReadAMapping() {
    SourceMapping mapping =
        mapping(
            "source.tickets.id", "key",
            "source.tickets.label", "value.category",
            "source.tickets.operation.values", "c:QUERY, d:retract",
            "feedback.window.ms", "1000");

    assertThat(mapping.topic()).isEqualTo("helpdesk.tickets");
    assertThat(mapping.format()).isEqualTo(DataFormat.JSON);
    assertThat(mapping.subject()).isEqualTo("helpdesk.tickets-value");
    assertThat(mapping.separator()).isEqualTo("\n");
    assertThat(mapping.rule(Field.TEXT).paths()).hasSize(2);
    assertThat(mapping.operations())
        .isEqualTo(Map.of("c", Operation.QUERY, "d", Operation.RETRACT));
    assertThat(mapping.feedback()).isTrue();
    assertThat(mapping.isRepartitioned()).isTrue();
    assertThat(mapping.repartitionTopic("app")).contains("app-tickets-repartition");
  }

  @Test
  void shouldReadNoMappingUnlessOneIsGiven() {
    assertThat(
            ApplicationConfig.of(
                    Map.of("bootstrap.servers", "b:1", "schema.registry.url", "mock://s"))
                .sources())
        .isEmpty();
  }

  @Test
  void shouldRepartitionUnlessTheKeyIsTheTenantAndTheTimeTheRecords() {
    assertThat(mapping("source.tickets.tenant", "key").isRepartitioned()).isFalse();
    assertThat(
            mapping("source.tickets.tenant", "key", "source.tickets.key.format", "long")
                .isRepartitioned())
        .isTrue();
    assertThat(
            mapping("source.tickets.tenant", "key", "source.tickets.time", "value.at")
                .isRepartitioned())
        .isTrue();
    assertThat(
            mapping("source.tickets.tenant", "key", "source.tickets.repartition", "always")
                .isRepartitioned())
        .isTrue();
  }

  @Test
  void shouldGiveFeedbackOnlyToQueriesThatItCanName() {
    String[] label = {"source.tickets.label", "value.category", "feedback.window.ms", "1000"};

    assertThat(mapping(label).feedback()).isFalse();
    assertThat(mapping(label).rule(Field.ID).missing()).isEqualTo(Missing.OFFSET);
    assertThat(
            mapping(label[0], label[1], label[2], label[3], "source.tickets.id", "key").feedback())
        .isTrue();
    assertThat(mapping(label[0], label[1], "source.tickets.id", "key").feedback()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tenant|value.|'value.': expected .name",
        "tenant|value.a,value.b|expected one path, found [value.a, value.b]",
        "tenant|value.all[*]|expected a path to one value, found 'value.all[*]'",
        "tenant.default|acme|makes one tenant 'acme' of all records without value.customer.id; set source.tickets.tenant.may-merge=true",
        "operation.values|c:QUERY,c:RETRACT|expected one meaning of 'c', found two",
        "format|xml|source.tickets.format",
        "format|string|expected no field in a string, found 'value.customer.id'",
        "key.format|morse|source.tickets.key.format",
        "operation.values|c=QUERY|expected text:OPERATION",
        "null-value|retract|expected a path of tenant into key or headers",
        "topic|queries|expected a topic of its own, found 'queries'",
        "topic|a b|source.tickets.topic: expected",
        "tenent|value.x|unknown setting; expected source.NAME.tenant",
      })
  void shouldRefuseAMappingThatCannotBe(String setting, String value, String message) {
    assertThatThrownBy(() -> with("source.tickets." + setting, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("source.tickets.")
        .hasMessageContaining(message);
  }

  @Test
  void shouldAllowATenantOfAllWhereThatIsSaid() {
    SourceMapping mapping =
        mapping("source.tickets.tenant.default", "acme", "source.tickets.tenant.may-merge", "true");

    assertThat(mapping.rule(Field.TENANT).fallback()).contains("acme");
  }

  @Test
  void shouldRefuseTwoMappingsOfOneTopicAndOneWithoutText() {
    assertThatThrownBy(
            () ->
                with(
                    "source.other.topic", "helpdesk.tickets",
                    "source.other.text", "value"))
        .hasMessageContaining("source.tickets.topic: expected a topic of its own")
        .hasMessageContaining("source.other.topic");
    assertThatThrownBy(() -> with("source.tickets.text", ""))
        .hasMessageContaining("source.tickets.text: expected a path of the text or of features");
    assertThatThrownBy(() -> with("source.queries.topic", "t", "source.queries.text", "value"))
        .hasMessageContaining("expected another name");
    assertThatThrownBy(() -> with("source.Tickets.topic", "t"))
        .hasMessageContaining("source.Tickets.topic: unknown setting");
  }
}
