package dev.hyperflow.topology.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeExtractorTest {
  @ParameterizedTest
  @CsvSource({
    // record, partition, expected
    "70, 90, 70",
    "0, 90, 0",
    "-1, 90, 90",
    "-1, -1, 0"
  })
  void shouldGiveEveryRecordATime(long recordTime, long partitionTime, long expected) {
    ConsumerRecord<Object, Object> record =
        new ConsumerRecord<>(
            "topic",
            0,
            0,
            recordTime,
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            null,
            new RecordHeaders(),
            Optional.empty());

    assertThat(new EventTimeExtractor().extract(record, partitionTime)).isEqualTo(expected);
  }
}
