"""Takes one step of a bundle's rollout, from Python.

Run the application with `topics.bundles` set to the topic below. Then:

    pip install "confluent-kafka[avro,schemaregistry]"
    python rollout.py SHADOW /bundles/v2
    python rollout.py PROMOTE
    python rollout.py ROLLBACK

An optional third argument is the id that the bundle must have. To give an id without a location,
use "" as the location.
"""

import sys
from pathlib import Path

from confluent_kafka import Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

BROKER = "127.0.0.1:19092"
REGISTRY = "http://127.0.0.1:18081"
TOPIC = "bundles"
APPLICATION_ID = None  # the one application that should obey; None for all that read the topic
SCHEMA = Path(__file__).parents[2] / "schemas/src/main/avro/BundleControl.avsc"


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in ("SHADOW", "PROMOTE", "ROLLBACK"):
        print("usage: rollout.py SHADOW|PROMOTE|ROLLBACK [location [bundle-id]]", file=sys.stderr)
        return 2
    action, location, bundle_id = (sys.argv[1:] + ["", ""])[:3]
    to_bytes = AvroSerializer(SchemaRegistryClient({"url": REGISTRY}), SCHEMA.read_text())
    value = {"action": action, "location": location or None, "bundleId": bundle_id or None}
    producer = Producer({"bootstrap.servers": BROKER, "enable.idempotence": True})
    failures = []
    producer.produce(
        TOPIC,
        key=APPLICATION_ID,
        value=to_bytes(value, SerializationContext(TOPIC, MessageField.VALUE)),
        on_delivery=lambda error, _: failures.append(error) if error else None,
    )
    undelivered = producer.flush(30)
    if failures or undelivered:
        print(f"not sent: {failures or 'the broker did not answer within 30 s'}", file=sys.stderr)
        return 1
    print(f"sent to {TOPIC}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
