package dev.hyperflow.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The body of a refusal, {@code application/problem+json}.
 *
 * @param status the HTTP status
 * @param code why, for programs
 * @param message why, for people
 * @param reason the reason that a dead letter would have; absent when the engine has no part in it
 * @param field the field at fault, if there is one
 * @param hint what to do
 * @param retryAfterMillis when it may be tried again, milliseconds; absent when that is no use
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    int status,
    ErrorCode code,
    String message,
    String reason,
    String field,
    String hint,
    Long retryAfterMillis) {}
