/** Requests, answers, problems and the table of routes, whatever server is underneath. */
package dev.hyperflow.server.http;
