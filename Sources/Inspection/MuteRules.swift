package import ClusterGraph
package import KubernetesObjects
import NameMatching

/// Which findings are muted: by the configuration, or by what stands at the objects themselves.
package struct MuteRules: Sendable, Equatable {
  /// On an object or its namespace: the checks that are muted there, as in
  /// `risk/no-budget, stuck/*`.
  static let annotation = "kpatrol.io/mute"

  private let mutes: [Mute]

  package init(_ mutes: [Mute] = []) { self.mutes = mutes }

  /// Why a finding, for which `team` answers, is muted at a time; `nil` where it is not.
  package func muting(
    of finding: Finding,
    team: String = "",
    in graph: ClusterGraph,
    at now: Timestamp
  ) -> Muting? {
    let keys = finding.objects
    let mute = mutes.first { mute in
      mute.holds(at: now) && (mute.team.map { $0 == team } ?? true)
        && mute.isMeant(finding.check, keys, in: graph)
    }
    if let mute { return Muting(reason: mute.reason, until: mute.until) }
    return Self.annotatedMuting(of: finding.check, keys, in: graph)
  }

  /// When the next of those that hold ends.
  package func nextEnd(after now: Timestamp) -> Timestamp? {
    mutes.compactMap(\.until).filter { $0 > now }.min()
  }

  /// The vertices whose labels and annotations decide whether a finding is muted.
  package static func readVertices(of finding: Finding) -> [VertexID] {
    finding.objects.flatMap { key in
      [.object(key)] + (key.namespace.isEmpty ? [] : [namespace(of: key)])
    }
  }

  /// What of an object decides whether findings about it, or in it, are muted.
  package struct Marks: Sendable, Equatable {
    private let annotation: String?
    private let labels: Labels

    /// `record` is `nil` for what is not there.
    package init(of record: (any ObjectRecord)?) {
      annotation = record?.metadata.annotations[MuteRules.annotation]
      labels = record?.metadata.labels ?? Labels()
    }
  }

  private static func namespace(of key: ObjectKey) -> VertexID {
    .object(ObjectKey(Namespace.kind, name: key.namespace))
  }

  /// Whoever shares something with others cannot mute for them.
  private static func annotatedMuting(
    of check: CheckID,
    _ keys: [ObjectKey],
    in graph: ClusterGraph
  ) -> Muting? {
    let places = keys.map { key -> VertexID? in
      let places = [VertexID.object(key), namespace(of: key)]
      return places.first { isMuted(check, at: $0, in: graph) }
    }
    guard let first = places.first, let place = first, !places.contains(nil) else { return nil }
    return Muting(reason: "\(annotation) of \(place.kindName) \(place.name)")
  }

  private static func isMuted(_ check: CheckID, at place: VertexID, in graph: ClusterGraph) -> Bool
  {
    guard let key = place.objectKey, let record = graph.record(key),
      let text = record.metadata.annotations[annotation]
    else { return false }
    return text.split(separator: ",").contains { word in
      let name = word.drop { $0 == " " }.prefix { $0 != " " }
      return !name.isEmpty && NamePattern(String(name)).matches(check.description)
    }
  }
}

extension Mute {
  fileprivate func holds(at now: Timestamp) -> Bool { until.map { now < $0 } ?? true }

  fileprivate func isMeant(_ check: CheckID, _ keys: [ObjectKey], in graph: ClusterGraph) -> Bool {
    if let pattern = self.check, !pattern.matches(check.description) { return false }
    guard namespace != nil || name != nil || !labels.isEmpty else { return true }
    return !keys.isEmpty && keys.allSatisfy { isMeant($0, in: graph) }
  }

  private func isMeant(_ key: ObjectKey, in graph: ClusterGraph) -> Bool {
    // A namespace counts as being in itself.
    let place = key.kind == Namespace.kind ? key.name : key.namespace
    if let namespace, !namespace.matches(place) { return false }
    if let name, !name.matches(key.name) { return false }
    guard !labels.isEmpty else { return true }
    guard let record = graph.record(key) else { return false }
    return labels.allSatisfy { record.metadata.labels[$0.key] == $0.value }
  }
}
