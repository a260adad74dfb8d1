// Exchanges one SupportEvent each way with Confluent's JavaScript client; run by InteropTest.
//
//   node exchange.js URL SCHEMA_FILE JAVA_TOPIC JAVA_MESSAGE_BASE64
//
// Prints one line of JSON: the id under which the plain schema was registered, the bytes written
// here (Base64), and the record read from Java's bytes.
'use strict';

const fs = require('node:fs');
const {
  AvroDeserializer,
  AvroSerializer,
  SchemaRegistryClient,
  SerdeType,
} = require('@confluentinc/schemaregistry');

const TOPIC = 'written-by-javascript';

async function main([url, schemaFile, javaTopic, javaMessage]) {
  const client = new SchemaRegistryClient({ baseURLs: [url] });
  const schema = fs.readFileSync(schemaFile, 'utf8');
  const id = await client.register(`${TOPIC}-value`, { schemaType: 'AVRO', schema });

  const serializer = new AvroSerializer(client, SerdeType.VALUE, {
    autoRegisterSchemas: false,
    useLatestVersion: true,
  });
  const bytes = await serializer.serialize(TOPIC, {
    eventId: 'js-1',
    operation: 'ADD',
    label: 'card lost',
    payload: { 'dev.hyperflow.events.TextPayload': { text: 'grüße from JavaScript' } },
    weight: 0.5,
    expiresAtEpochMillis: 1900000000000,
    targetEventId: null,
    queryId: null,
    settings: null,
  });

  const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {});
  const read = await deserializer.deserialize(javaTopic, Buffer.from(javaMessage, 'base64'));
  process.stdout.write(JSON.stringify({ id, bytes: bytes.toString('base64'), read }) + '\n');
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
