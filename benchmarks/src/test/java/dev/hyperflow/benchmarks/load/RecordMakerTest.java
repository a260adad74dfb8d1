package dev.hyperflow.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.TextPayload;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class RecordMakerTest {

  @Test
  void shouldDealTenantsOutToPartitionsAsKafkaDoes() {
    for (int tenant = 0; tenant < 200; tenant++) {
      int partition =
          Utils.toPositive(Utils.murmur2(RecordMaker.key(tenant))) % RecordMaker.PARTITIONS;
      assertThat(partition).isEqualTo(tenant % RecordMaker.PARTITIONS);
      assertThat(PredictionFeed.tenant(tenant)).startsWith("tenant-" + tenant + "-");
    }
  }

  @Test
  void shouldMakeRecordsThatItCanReadBack() {
    try (RecordMaker maker = new RecordMaker("mock://record-maker", new Vectors(4, 1))) {
      ProducerRecord<byte[], byte[]> record = maker.query("queries", 5, "q-1", "where is it?");
      assertThat(record.partition()).isEqualTo(5 % RecordMaker.PARTITIONS);
      QueryEvent query = (QueryEvent) maker.read("queries", record.value());
      assertThat(query.getQueryId()).isEqualTo("q-1");
      assertThat(((TextPayload) query.getPayload()).getText()).isEqualTo("where is it?");
    }
  }
}
