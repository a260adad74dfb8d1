package dev.hyperflow.server.dashboard;

/** One labelled text of a fixture tenant. */
record FixtureExample(String eventId, String label, String text, long addedAt) {}
