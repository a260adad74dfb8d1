"""Exchanges SupportEvents each way with Confluent's Python client; run by PythonInteropTest.

    python exchange.py URL SCHEMA_FILE JAVA_TOPIC JAVA_MESSAGE_BASE64

Prints one line of JSON: the client's version, the id under which the plain schema was registered,
the bytes written here with the id in front, the bytes and the header written with the id in the
header (Base64), and the records read from Java's bytes and from the own ones.
"""

import base64
import json
import sys

import confluent_kafka
from confluent_kafka.schema_registry import (
    Schema,
    SchemaRegistryClient,
    header_schema_id_serializer,
)
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

TOPIC = "written-by-python"
EVENT = {
    "eventId": "py-1",
    "operation": "ADD",
    "label": "card lost",
    "payload": ("dev.hyperflow.events.TextPayload", {"text": "grüße from Python"}),
    "weight": 0.5,
    "expiresAtEpochMillis": 1900000000000,
}


def context(topic, headers=None):
    return SerializationContext(topic, MessageField.VALUE, headers)


def main(url, schema_file, java_topic, java_message):
    client = SchemaRegistryClient({"url": url})
    with open(schema_file, encoding="utf-8") as file:
        schema = Schema(file.read(), "AVRO")
    number = client.register_schema(TOPIC + "-value", schema)
    settings = {"auto.register.schemas": False, "use.latest.version": True}

    prefixed = AvroSerializer(client, conf=settings)(EVENT, context(TOPIC))
    headers = {}
    named = dict(settings, **{"schema.id.serializer": header_schema_id_serializer})
    bare = AvroSerializer(client, conf=named)(EVENT, context(TOPIC, headers))

    read = AvroDeserializer(client)
    java = read(base64.b64decode(java_message), context(java_topic))
    own = read(bare, context(TOPIC, headers))
    (header,) = headers.items()
    print(
        json.dumps(
            {
                "version": confluent_kafka.__version__,
                "id": number,
                "bytes": base64.b64encode(prefixed).decode(),
                "bare": base64.b64encode(bare).decode(),
                "headerName": header[0],
                "header": base64.b64encode(header[1]).decode(),
                "read": java,
                "own": own,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
