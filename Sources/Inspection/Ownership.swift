package import ClusterGraph
import KubernetesObjects
package import NameMatching

/// To whom of those who run a cluster a fault belongs.
package enum OwnershipLayer: String, Sendable, CaseIterable {
  /// Machines, their network and storage.
  case infrastructure
  /// What all workloads share: the control plane, its extensions, what runs in the cluster's own namespaces.
  case platform
  case workload
}

/// Who answers for some of the objects, as a user says; what is not said of them may be anything.
package struct OwnershipRule: Sendable, Equatable {
  package var team: String
  package var layer: OwnershipLayer?
  /// How the team is reached: a channel, an address.
  package var contact = ""
  /// Where it is written what is to be done.
  package var runbook = ""
  package var namespace: NamePattern?
  package var kind: NamePattern?
  package var check: NamePattern?
  package var labels: [String: String] = [:]
  package var annotations: [String: String] = [:]
  /// What has to hold besides.
  package var condition: OwnershipCondition?
  /// What its findings matter to it, the first that fits a check.
  package var severities: [(check: NamePattern, severity: Severity)] = []

  package init(team: String) { self.team = team }

  package static func == (left: Self, right: Self) -> Bool {
    left.team == right.team && left.layer == right.layer && left.contact == right.contact
      && left.runbook == right.runbook && left.namespace == right.namespace
      && left.kind == right.kind && left.check == right.check && left.labels == right.labels
      && left.annotations == right.annotations && left.condition == right.condition
      && left.severities.elementsEqual(right.severities, by: ==)
  }

  /// Whether it says nothing of what it is meant for.
  package var isMeantForAll: Bool {
    namespace == nil && kind == nil && check == nil && !asksForObjects
  }

  /// Whether it asks for more of objects than what they are called.
  fileprivate var asksForObjects: Bool {
    !labels.isEmpty || !annotations.isEmpty || condition != nil
  }
}

/// Who answers for which findings.
package struct Ownership: Sendable, Equatable {
  /// What is known of who answers for one finding.
  package struct Answer: Sendable, Equatable {
    package var team = Ownership.unowned
    package var layer = OwnershipLayer.workload
    /// Where the team sees the finding's severity otherwise than its check.
    package var severity: Severity?
  }

  /// The team of findings of which nobody is known to answer for them.
  package static let unowned = "unowned"

  /// The label whose value names the team, on the object or its namespace, where no rule does.
  private let teamLabel: String?
  private let rules: [OwnershipRule]

  package init(_ rules: [OwnershipRule] = [], teamLabel: String? = nil) {
    self.rules = rules
    self.teamLabel = teamLabel
  }

  /// Who answers for a finding: the first rule that is meant for all of its objects, then the label.
  ///
  /// What two share that are of different teams is nobody's.
  package func answer(for finding: Finding, in graph: ClusterGraph) -> Answer {
    let keys = finding.objects
    var answer = Answer()
    let rule = rules.first { $0.isMeant(for: finding, keys, in: graph) }
    answer.team = rule?.team ?? labelledTeam(of: keys, in: graph) ?? Self.unowned
    answer.layer = rule?.layer ?? Self.layer(of: finding)
    let ofTeam = rules.lazy.filter { $0.team == answer.team }
    answer.severity =
      ofTeam.flatMap(\.severities)
      .first { $0.check.matches(finding.check.description) }?.severity
    return answer
  }

  /// The annotations that have to be kept of objects for it.
  package var annotations: Set<String> {
    rules.reduce(into: []) { names, rule in
      names.formUnion(rule.annotations.keys)
      names.formUnion(rule.condition?.annotations ?? [])
    }
  }

  /// How a team is reached, and where it is written what is to be done, as far as its rules say.
  package func directions(to team: String) -> (contact: String, runbook: String) {
    let ofTeam = rules.filter { $0.team == team }
    return (
      ofTeam.lazy.map(\.contact).first { !$0.isEmpty } ?? "",
      ofTeam.lazy.map(\.runbook).first { !$0.isEmpty } ?? ""
    )
  }

  /// Of how many objects that share something it is asked whose they are.
  private static let objectLimit = 4

  private func labelledTeam(of keys: [ObjectKey], in graph: ClusterGraph) -> String? {
    guard let teamLabel else { return nil }
    let teams = keys.prefix(Self.objectLimit).map { key in
      let places = [key, ObjectKey(Namespace.kind, name: key.namespace)]
      return places.lazy.compactMap { graph.record($0)?.metadata.labels[teamLabel] }.first ?? ""
    }
    guard let first = teams.first, !first.isEmpty, teams.allSatisfy({ $0 == first }) else {
      return nil
    }
    return first
  }

  private static func layer(of finding: Finding) -> OwnershipLayer {
    let layers = finding.objects.prefix(objectLimit).map(layer)
    // What is of several layers is a fault of what is beneath.
    return OwnershipLayer.allCases.first(where: layers.contains) ?? .infrastructure
  }

  private static func layer(of key: ObjectKey) -> OwnershipLayer {
    if infrastructureKinds.contains(key.kind) { return .infrastructure }
    let namespace = key.kind == Namespace.kind ? key.name : key.namespace
    return namespace.isEmpty || namespace.hasPrefix("kube-") ? .platform : .workload
  }

  private static let infrastructureKinds: Set<ObjectKind> = [
    CSINode.kind, Node.kind, PersistentVolume.kind, StorageClass.kind, VolumeAttachment.kind,
    ObjectKind("CSIDriver", group: "storage.k8s.io"),
  ]
}

extension OwnershipRule {
  fileprivate func isMeant(
    for finding: Finding,
    _ keys: [ObjectKey],
    in graph: ClusterGraph
  ) -> Bool {
    if let check, !check.matches(finding.check.description) { return false }
    guard namespace != nil || kind != nil || asksForObjects else { return true }
    return !keys.isEmpty && keys.allSatisfy { isMeant(for: $0, finding.check, in: graph) }
  }

  private func isMeant(for key: ObjectKey, _ check: CheckID, in graph: ClusterGraph) -> Bool {
    // A namespace counts as being in itself.
    let place = key.kind == Namespace.kind ? key.name : key.namespace
    if let namespace, !namespace.matches(place) { return false }
    if let kind, !kind.matches(key.kind.name), !kind.matches(key.kind.description) { return false }
    guard asksForObjects else { return true }
    let own = graph.record(key)?.metadata
    let around = graph.record(ObjectKey(Namespace.kind, name: key.namespace))?.metadata
    func agree(_ wanted: [String: String], _ part: (ObjectMetadata) -> Labels) -> Bool {
      wanted.allSatisfy { name, value in
        (own.flatMap { part($0)[name] } ?? around.flatMap { part($0)[name] }) == value
      }
    }
    guard agree(labels, \.labels), agree(annotations, \.annotations) else { return false }
    guard let condition else { return true }
    return condition.holds(
      OwnershipCondition.Question(check: check, object: key, own: own, ofNamespace: around)
    )
  }
}
