"""Teaches a tenant three labels and asks a question, from Python.

Start `./hyperflow demo --keep-running`, wait for the summary, then:

    pip install "confluent-kafka[avro,schemaregistry]"
    python produce.py
"""

import json
import sys
import time
import uuid

from confluent_kafka import Consumer, Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

BROKER = "127.0.0.1:19092"
REGISTRY = "http://127.0.0.1:18081"
SUPPORT, QUERIES, PREDICTIONS = "support", "queries", "predictions"
TENANT = "python-" + uuid.uuid4().hex[:8]

EXAMPLES = [
    ("delivery", "my parcel has not arrived yet"),
    ("delivery", "when will the courier come?"),
    ("billing", "I was charged twice for the same order"),
    ("billing", "please send me an invoice"),
    ("account", "I cannot log in any more"),
    ("account", "how do I change my password?"),
]
QUESTION = "where is my package, it should be here by now"

registry = SchemaRegistryClient({"url": REGISTRY})


def serializer(topic):
    """Returns a function that writes with the schema registered for the topic."""
    schema = registry.get_latest_version(topic + "-value").schema
    settings = {"auto.register.schemas": False, "use.latest.version": True}
    to_bytes = AvroSerializer(registry, schema, conf=settings)
    return lambda value: to_bytes(value, SerializationContext(topic, MessageField.VALUE))


def text(value):
    """Names one branch of the payload union, so that the writer does not have to guess."""
    return ("dev.hyperflow.events.TextPayload", {"text": value})


def main():
    producer = Producer(
        {
            "bootstrap.servers": BROKER,
            "enable.idempotence": True,
            # All records of a tenant belong on one partition: all producers must partition alike.
            # This is the default of Java producers. The default of librdkafka differs.
            "partitioner": "murmur2_random",
        }
    )
    consumer = Consumer(
        {
            "bootstrap.servers": BROKER,
            "group.id": TENANT,
            "isolation.level": "read_committed",
            "auto.offset.reset": "earliest",
        }
    )
    consumer.subscribe([PREDICTIONS])

    support = serializer(SUPPORT)
    for number, (label, message) in enumerate(EXAMPLES):
        event = {
            "eventId": f"{TENANT}-{number}",
            "operation": "ADD",
            "label": label,
            "payload": text(message),
            "weight": 1.0,
        }
        producer.produce(SUPPORT, key=TENANT, value=support(event))
    producer.flush()
    time.sleep(1)  # labels and queries are two topics: give the labels a head start

    query_id = TENANT + "-query"
    query = serializer(QUERIES)({"queryId": query_id, "payload": text(QUESTION)})
    producer.produce(QUERIES, key=TENANT, value=query)
    producer.flush()

    read = AvroDeserializer(registry)
    deadline = time.time() + 30
    while time.time() < deadline:
        message = consumer.poll(1.0)
        if message is None or message.error():
            continue
        prediction = read(
            message.value(), SerializationContext(PREDICTIONS, MessageField.VALUE)
        )
        if prediction["queryId"] == query_id:
            print(json.dumps(prediction, indent=2))
            consumer.close()
            return 0
    print("no answer within 30 s", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
