import Inspection
import KubernetesObjects

/// Why the scheduler ruled out the Nodes, read from what it says in a Pod's condition: `0/3 nodes
/// are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {a: b}. preemption: …`.
struct SchedulerVerdict {
  struct Reason: Equatable {
    /// On how many Nodes; 0 where it holds for the Pod as a whole.
    var nodes: Int
    var text: String
  }

  /// How many Nodes it looked at; `nil` where it does not say.
  private(set) var nodeCount: Int?
  /// Most Nodes first.
  private(set) var reasons: [Reason] = []

  init(_ message: String) {
    let marker = " nodes are available: "
    let said = message.firstRange(of: " preemption: ").map { message[..<$0.lowerBound] }
    let verdict = said ?? message[...]
    guard let words = verdict.firstRange(of: marker) else { return }
    nodeCount = verdict[..<words.lowerBound].split(separator: "/").last.flatMap { Int($0) }
    for part in Self.parts(of: verdict[words.upperBound...].inOneLine) {
      let number = part.prefix(while: \.isNumber)
      if let nodes = Int(number), part.dropFirst(number.count).first == " " {
        reasons.append(Reason(nodes: nodes, text: String(part.dropFirst(number.count + 1))))
      } else {
        reasons.append(Reason(nodes: 0, text: part))
      }
    }
    reasons.sort { ($1.nodes, $0.text) < ($0.nodes, $1.text) }
  }

  /// The reasons that commas keep apart; those within braces belong to a taint.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for character in text {
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    return (parts + [part]).map { part in
      let words = part.drop { $0 == " " }
      return String(words.last == "." ? words.dropLast() : words)
    }.filter { !$0.isEmpty }
  }

  /// On how many Nodes the Pod does not fit, as in `none of 3 Nodes`.
  var scope: String { nodeCount.map { "none of \($0) Nodes" } ?? "no Node" }

  /// The reasons with their Nodes, as in `Insufficient cpu (2), untolerated taint {a: b} (1)`.
  var summary: String {
    reasons.map { reason in
      let text = reason.text.hasPrefix("node(s) ") ? reason.text.dropFirst(8) : reason.text[...]
      return reason.nodes == 0 ? String(text) : "\(text) (\(reason.nodes))"
    }.joined(separator: ", ")
  }

  /// What Pods have in common that wait for the same; `nil` where the scheduler gives no reasons.
  ///
  /// On how many Nodes each of them holds changes all the time.
  var likeness: Likeness? {
    guard !reasons.isEmpty else { return nil }
    let texts = Set(reasons.map(\.text)).sorted()
    return Likeness(texts.joined(separator: "\n"), isOfCluster: isShortageAlone)
  }

  /// Whether the Nodes have too little, and nothing else rules any out but a taint, which is told in
  /// full: whatever else a Pod asks for is its own.
  var isShortageAlone: Bool {
    reasons.contains { Self.isShortage($0.text) }
      && reasons.allSatisfy { Self.isShortage($0.text) || $0.text.contains("taint") }
  }

  /// Whether the Nodes have too little for what Pods ask for, or take none.
  private static func isShortage(_ reason: String) -> Bool {
    reason.hasPrefix("Insufficient ") || reason == "Too many pods"
      || reason == "node(s) were unschedulable"
  }

  /// The resources of which some Nodes have too little; `pods` where it is the number of Pods.
  var lackingResources: [String] {
    reasons.compactMap { reason in
      if reason.text == "Too many pods" { return "pods" }
      guard reason.text.hasPrefix("Insufficient ") else { return nil }
      return String(reason.text.dropFirst("Insufficient ".count))
    }
  }

  var isAboutVolumes: Bool {
    reasons.contains { reason in
      let text = reason.text.lowercased()
      return text.contains("persistentvolume") || text.contains("volume")
    }
  }

  /// What the Pod asks for that no Node has: what to change in it, or to offer, so that it fits.
  func wishes(of pod: Pod) -> [Evidence] {
    var wishes: [Evidence] = []
    let texts = reasons.map(\.text)
    for resource in lackingResources {
      let amounts = pod.template.containers.compactMap { $0.requests[resource] }
      guard !amounts.isEmpty else { continue }
      let path = "spec.containers.resources.requests.\(resource)"
      let total = amounts.map(\.description).joined(separator: " + ")
      wishes.append(Evidence(pod.id, path, total))
    }
    if texts.contains(where: { $0.contains("taint") }) {
      let keys = pod.template.tolerations.map { $0.key.isEmpty ? "all" : $0.key }
      let tolerated = keys.isEmpty ? "none" : keys.joined(separator: ", ")
      wishes.append(Evidence(pod.id, "spec.tolerations", tolerated))
    }
    if texts.contains(where: { $0.contains("free ports") }) {
      let ports = pod.template.containers.flatMap(\.ports).map(\.hostPort).filter { $0 > 0 }
      let path = "spec.containers.ports.hostPort"
      wishes.append(Evidence(pod.id, path, ports.map(String.init).joined(separator: ", ")))
    }
    if isAboutVolumes, !pod.template.claims.isEmpty {
      let claims = pod.template.claims.joined(separator: ", ")
      wishes.append(Evidence(pod.id, "spec.volumes.persistentVolumeClaim", claims))
    }
    return wishes
  }
}
