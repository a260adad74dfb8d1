package dev.hyperflow.engine.internal.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.validate.EventValidator;
import dev.hyperflow.engine.internal.validate.Limits;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The rule for names holds for any text, also for halves of surrogate pairs. */
class NameRuleProperties {
  private final EventValidator validator = new EventValidator(new Limits(256, 256, 100, 3, 10));

  @Property
  void shouldHaveANormalFormThatStays(@ForAll("texts") String name) {
    String normal = NameRule.normal(name);

    assertThat(NameRule.normal(normal)).isEqualTo(normal);
    assertThat(normal).doesNotStartWith(" ").doesNotEndWith(" ");
    assertThat(Normalizer.isNormalized(normal, Normalizer.Form.NFC)).isTrue();
  }

  @Property
  void shouldMakeOneNameOfOneText(@ForAll("texts") String name) {
    String apart = Normalizer.normalize(name, Normalizer.Form.NFD);

    assertThat(NameRule.normal("  " + apart + " ")).isEqualTo(NameRule.normal(name));
  }

  /** Control, formatting and spaces by Unicode's categories, apart from joiners in their place. */
  @Property
  void shouldLetNothingInvisibleIntoALabel(@ForAll("texts") String label) {
    Event.Add add =
        new Event.Add("t", 1, "e", label, ExampleTerms.ORDINARY, new Payload.Text("hello"));

    if (validator.check(add).isEmpty()) {
      assertThat(add.label().replaceAll("[\u200C\u200D]", ""))
          .doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\u00A0\u2000-\u200A\u3000].*");
      assertThat(add.label()).isEqualTo(NameRule.normal(add.label())).isNotBlank();
    }
  }

  @Property
  void shouldTakeEachTenantOnlyInItsNormalForm(@ForAll("texts") String tenant) {
    boolean taken =
        validator.check(new Event.Query(tenant, 1, "q", new Payload.Text("hello"))).isEmpty();

    assertThat(taken).isEqualTo(NameRule.isNormal(tenant) && visible(tenant));
    if (taken) {
      assertThat(new String(tenant.getBytes(UTF_8), UTF_8)).isEqualTo(tenant);
    }
  }

  private static boolean visible(String tenant) {
    return !tenant.isBlank() && NameRule.invisible(tenant).isEmpty() && tenant.length() <= 256;
  }

  /** Any signs, with those more often that are trouble. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> trouble =
        Arbitraries.of(
            List.of(
                0x0, 0x1B, 0x20, 0x20, 0x41, 0x61, 0xA0, 0xAD, 0xE9, 0x301, 0x327, 0x34F, 0x200B,
                0x200C, 0x200D, 0x2028, 0x2764, 0x3164, 0xFE0F, 0xFEFF, 0xFFFD, 0xD800, 0xDC00,
                0x1F469, 0xE0041, 0xE0100, 0x845B, 0x627, 0x915, 0x94D, 0xAC00, 0x1100, 0x1161));
    Arbitrary<Integer> any = Arbitraries.integers().between(0, Character.MAX_CODE_POINT);
    return Arbitraries.oneOf(trouble, any, Arbitraries.integers().between(0x20, 0x7E))
        .list()
        .ofMaxSize(8)
        .map(signs -> signs.stream().map(Character::toString).collect(Collectors.joining()));
  }
}
