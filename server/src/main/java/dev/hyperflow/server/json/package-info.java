/** The JSON of requests and answers: records, from which the OpenAPI document is made, too. */
package dev.hyperflow.server.json;
