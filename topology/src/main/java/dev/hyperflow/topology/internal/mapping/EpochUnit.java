package dev.hyperflow.topology.internal.mapping;

import java.math.BigDecimal;

/** The unit of a number that is a time. */
public enum EpochUnit {
  SECONDS("1000"),
  MILLIS("1"),
  MICROS("0.001"),
  NANOS("0.000001");

  private final BigDecimal millis;

  EpochUnit(String millis) {
    this.millis = new BigDecimal(millis);
  }

  /** How many milliseconds it has. */
  BigDecimal millis() {
    return millis;
  }
}
