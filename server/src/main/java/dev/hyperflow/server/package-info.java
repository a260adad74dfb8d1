/**
 * The HTTP API and the page: {@code HttpServer} puts it together. What a request and an answer are
 * is in {@code http}, their JSON in {@code json}, what each route does in {@code routes}, who may
 * ask in {@code auth}; {@code jetty} alone knows the server underneath.
 */
package dev.hyperflow.server;
