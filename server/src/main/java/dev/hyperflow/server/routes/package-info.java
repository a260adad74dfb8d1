/** What the routes do, by area. */
package dev.hyperflow.server.routes;
