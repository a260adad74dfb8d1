package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Names across the sub-graphs of control-flow operators (If, Loop, Scan). */
final class Subgraphs {

  /*
   * A sub-graph sees the values of the graphs around it by name, without declaring them. So the
   * inputs of a node are those it lists plus the free names of its sub-graphs, and renaming has to
   * follow free names inwards while leaving names that a sub-graph defines itself.
   */

  private Subgraphs() {}

  /** The graphs an attribute holds. */
  static List<GraphProto> of(AttributeProto attribute) {
    List<GraphProto> graphs = new ArrayList<>(attribute.getGraphsList());
    if (attribute.hasG()) {
      graphs.add(attribute.getG());
    }
    return graphs;
  }

  /** All values a node reads, those captured by its sub-graphs included. */
  static Set<String> reads(NodeProto node) {
    Set<String> names = new LinkedHashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      for (GraphProto graph : of(attribute)) {
        names.addAll(captured(graph));
      }
    }
    names.remove(""); // an optional input that is left out
    return names;
  }

  /**
   * Renames every value of a node.
   *
   * @param outer the new name of a value of the graph the node is in
   * @param prefix what names that sub-graphs define get in front
   */
  static NodeProto rename(NodeProto node, UnaryOperator<String> outer, String prefix) {
    NodeProto.Builder renamed = node.toBuilder().clearInput().clearOutput().clearAttribute();
    renamed.clearDocString();
    if (!node.getName().isEmpty()) {
      renamed.setName(prefix + node.getName());
    }
    node.getInputList()
        .forEach(name -> renamed.addInput(name.isEmpty() ? name : outer.apply(name)));
    node.getOutputList()
        .forEach(name -> renamed.addOutput(name.isEmpty() ? name : outer.apply(name)));
    for (AttributeProto attribute : node.getAttributeList()) {
      AttributeProto.Builder copy = attribute.toBuilder().clearGraphs();
      if (attribute.hasG()) {
        copy.setG(rename(attribute.getG(), outer, prefix));
      }
      attribute.getGraphsList().forEach(graph -> copy.addGraphs(rename(graph, outer, prefix)));
      renamed.addAttribute(copy);
    }
    return renamed.build();
  }

  private static GraphProto rename(GraphProto graph, UnaryOperator<String> outer, String prefix) {
    Set<String> own = defined(graph);
    UnaryOperator<String> inner = name -> own.contains(name) ? prefix + name : outer.apply(name);
    GraphProto.Builder renamed = GraphProto.newBuilder().setName(prefix + graph.getName());
    graph.getInputList().forEach(value -> renamed.addInput(rename(value, inner)));
    graph.getOutputList().forEach(value -> renamed.addOutput(rename(value, inner)));
    for (TensorProto tensor : graph.getInitializerList()) {
      renamed.addInitializer(tensor.toBuilder().setName(inner.apply(tensor.getName())));
    }
    graph.getNodeList().forEach(node -> renamed.addNode(rename(node, inner, prefix)));
    return renamed.build();
  }

  private static ValueInfoProto rename(ValueInfoProto value, UnaryOperator<String> names) {
    return value.toBuilder().setName(names.apply(value.getName())).build();
  }

  private static Set<String> captured(GraphProto graph) {
    Set<String> names = new LinkedHashSet<>();
    graph.getNodeList().forEach(node -> names.addAll(reads(node)));
    graph.getOutputList().forEach(value -> names.add(value.getName()));
    names.removeAll(defined(graph));
    return names;
  }

  private static Set<String> defined(GraphProto graph) {
    Set<String> names = new HashSet<>();
    graph.getInputList().forEach(value -> names.add(value.getName()));
    graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
    graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
    return names;
  }
}
