package dev.hyperflow.events;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;

/** Superclass of the generated records; tells Avro that they may be instantiated. */
abstract class EventRecord extends SpecificRecordBase {
  /*
   * Since 1.12.2 Avro refuses to load a class that a schema names unless the class is trusted, by
   * system property or by this call. A property would have to be set on every JVM that links this
   * library; a static initialiser of the superclass runs before any generated class can be used. What
   * was trusted before stays trusted.
   */
  private static final long serialVersionUID = 1L;

  static {
    String events = EventRecord.class.getPackageName();
    ClassLoader loader = EventRecord.class.getClassLoader();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            type -> type.getPackageName().equals(events) && type.getClassLoader() == loader));
  }
}
