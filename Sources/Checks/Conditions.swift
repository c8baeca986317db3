import Inspection
import KubernetesObjects

extension Condition {
  /// The condition as evidence about the object that has it.
  func evidence(of object: VertexID) -> Evidence {
    let details = [reason, message.inOneLine].filter { !$0.isEmpty }.joined(separator: ": ")
    return Evidence(
      object,
      "status.conditions[\(type)]",
      details.isEmpty ? status.rawValue : "\(status.rawValue) (\(details))"
    )
  }

  /// Why it is as it is, in a sentence: the message, or the reason where there is none.
  var why: String { message.isEmpty ? reason : message.inOneLine }

  /// Since when it holds; never before its object was there, whatever a placeholder says.
  func since(_ metadata: ObjectMetadata) -> Observation.Beginning {
    guard let time = lastTransitionTime else { return .notBefore(metadata.creationTimestamp) }
    return .at(max(time, metadata.creationTimestamp ?? time))
  }
}
