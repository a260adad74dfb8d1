/** What the routes do, by area. */
package dev.hyperflow.app.server.routes;
