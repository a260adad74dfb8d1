package dev.hyperflow.schemas.serde;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Confluent's three ways to name the subject of a schema. */
enum SubjectNaming {
  TOPIC_NAME("TopicNameStrategy") {
    @Override
    String subject(String topic, boolean isKey, Schema schema) {
      return topic + (isKey ? "-key" : "-value");
    }
  },
  RECORD_NAME("RecordNameStrategy") {
    @Override
    String subject(String topic, boolean isKey, Schema schema) {
      return schema.getFullName();
    }
  },
  TOPIC_RECORD_NAME("TopicRecordNameStrategy") {
    @Override
    String subject(String topic, boolean isKey, Schema schema) {
      return topic + "-" + schema.getFullName();
    }
  };

  static final ConfigDef.Validator VALIDATOR =
      ConfigDef.LambdaValidator.with(
          SubjectNaming::find,
          () ->
              "TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy, alone or in"
                  + " package io.confluent.kafka.serializers.subject");

  private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

  private final String strategy;

  SubjectNaming(String strategy) {
    this.strategy = strategy;
  }

  abstract String subject(String topic, boolean isKey, Schema schema);

  static SubjectNaming of(String key, AbstractConfig config) {
    return find(key, config.getString(key));
  }

  private static SubjectNaming find(String key, Object value) {
    String name = String.valueOf(value);
    String simple = name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : name;
    return Arrays.stream(values())
        .filter(naming -> naming.strategy.equals(simple))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    key,
                    value,
                    "expected TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy"));
  }
}
