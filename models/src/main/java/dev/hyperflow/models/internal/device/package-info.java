/**
 * Stands between callers and models that share a device: merges the requests of many threads into
 * few runs, halves runs that fail, and moves a model to the processor when its device keeps
 * failing. {@code DeviceModels} is the door. {@code DeviceCalls} is the way of all calls to one
 * model.
 *
 * <p>Knows models as functions from lists to lists, never ONNX Runtime: that is {@code
 * models.onnx}. Whatever happens here, an item's result has the bits of a direct call on the device
 * that ran it.
 */
package dev.hyperflow.models.internal.device;
