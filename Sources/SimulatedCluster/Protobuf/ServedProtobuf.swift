package import WireFormats

/// What a real API server sends as protobuf, for whoever needs its bytes without a server.
package enum ServedProtobuf {
  /// An event of a watch about a Pod, without the length that stands before it.
  package static func watchEvent(_ type: String, pod: JSONValue) -> [UInt8] {
    guard let message = ProtobufSchema.shared.index(of: "core.v1.Pod") else {
      preconditionFailure("The schema has Pods.")
    }
    let object = ProtobufEnvelope.envelope(
      ProtobufEncoder.encode(pod.encoded(), as: message),
      apiVersion: "v1",
      kind: "Pod"
    )
    return Array(ProtobufEnvelope.frame(type: type, object).dropFirst(4))
  }
}
