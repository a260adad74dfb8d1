package dev.hyperflow.app.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Samples a root span when it is linked to a sampled one, as the span of a batch is to its records;
 * leaves all others to another sampler.
 *
 * @param others decides on spans without such a link
 */
record LinkedSampler(Sampler others) implements Sampler {

  @Override
  public SamplingResult shouldSample(
      Context parentContext,
      String traceId,
      String name,
      SpanKind spanKind,
      Attributes attributes,
      List<LinkData> parentLinks) {
    boolean linked = parentLinks.stream().anyMatch(link -> link.getSpanContext().isSampled());
    return linked
        ? SamplingResult.recordAndSample()
        : others.shouldSample(parentContext, traceId, name, spanKind, attributes, parentLinks);
  }

  @Override
  public String getDescription() {
    return "linked, else " + others.getDescription();
  }
}
