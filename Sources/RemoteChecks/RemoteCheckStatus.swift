package import KubernetesObjects

/// How a remote check stands with one cluster.
package struct RemoteCheckStatus: Sendable, Equatable {
  package let name: String
  /// The service's host.
  package let place: String
  /// How many events were sent, each time counted.
  package var sent = 0
  /// How many of them the service took.
  package var answered = 0
  /// How many requests came to nothing and are tried again.
  package var failed = 0
  /// How many events the service will not take, and are not sent again.
  package var refused = 0
  /// How many objects it did not take as they are now, and why the last.
  package var untaken = 0
  package var refusal: String?
  /// How many objects wait to be sent.
  package var waiting = 0
  /// How many deletions were not told, for too many waited.
  package var dropped = 0
  /// How many events of answers could not be used, and what was wrong last.
  package var bad = 0
  package var badReason: String?
  /// How many answers came too late: about objects that are gone, or older than another's.
  package var late = 0
  package var findings = 0
  /// How many findings are left out, for there are too many.
  package var withheld = 0
  /// How long the last answers took, on average.
  package var latency: Duration?
  package var lastAnswer: Timestamp?
  package var failingSince: Timestamp?
  /// Why it cannot be asked.
  package var trouble: String?
  /// Whether what it said is still believed.
  package var isKnown = false
  /// Whether all objects were sent, or it turned out that this cannot be.
  package var isSettled = false

  package init(name: String, place: String) {
    self.name = name
    self.place = place
  }

  /// Why nothing is known of what it would find, the same for as long as that lasts.
  package var notInspectedReason: String? {
    guard !isKnown else { return nil }
    guard let failingSince else { return "remote check \(name) has not answered yet" }
    return "remote check \(name) cannot be asked since \(failingSince.rfc3339)"
  }

  /// What somebody should see to; `nil` where nothing is wrong.
  package var fault: String? {
    if failingSince != nil {
      return
        "\(place) cannot be asked: \(trouble ?? ""). What it found is unknown after a while; see "
        + "whether the service runs and is reached, and its token"
    }
    if withheld > 0 {
      return "\(place) has more against objects than is shown: \(withheld) findings are left out"
    }
    guard untaken > 0 else { return nil }
    return "\(place) does not take \(untaken) objects: \(refusal ?? "")"
  }

  /// How it stands, in a sentence.
  package var summary: String {
    var parts = ["\(sent) sent", "\(answered) answered"]
    if failed > 0 { parts.append("\(failed) failed") }
    if refused > 0 { parts.append("\(refused) refused") }
    parts.append("\(waiting) waiting")
    if dropped > 0 { parts.append("\(dropped) dropped") }
    if bad > 0 { parts.append("\(bad) of no use") }
    if late > 0 { parts.append("\(late) late") }
    parts.append("\(findings) findings")
    if withheld > 0 { parts.append("\(withheld) left out") }
    if let latency { parts.append("\(latency.milliseconds) ms") }
    let state =
      failingSince.map { ": cannot be asked since \($0.rfc3339): \(trouble ?? "")" }
      ?? (untaken > 0 ? refusal : nil).map { ": not taken: \($0)" }
      ?? badReason.map { ": of no use: \($0)" } ?? ""
    return "\(name) (\(place)): \(parts.joined(separator: ", "))\(state)"
  }
}
