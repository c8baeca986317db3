import ClusterGraph
package import Inspection
package import KubernetesObjects

/// A vertex as a report names it: with what only its cluster's model knows.
package struct ReportedVertex: Sendable, Equatable {
  package let id: VertexID
  /// `v1`, `apps/v1`; empty for what is no object, or of a kind that is not served.
  package var apiVersion = ""
  /// Unset where the object is not there.
  package var uid = ObjectUID.unset

  package init(_ id: VertexID, apiVersion: String = "", uid: ObjectUID = .unset) {
    self.id = id
    self.apiVersion = apiVersion
    self.uid = uid
  }
}

/// A finding as a report tells it.
package struct ReportedFinding: Sendable, Equatable {
  package let finding: Finding
  /// Whether its condition has not held for as long as its check wants.
  package let isSuspect: Bool
  /// What only the model knows of its subject, which the finding names.
  private let subjectVersion: String
  private let subjectUID: ObjectUID
  package let related: [ReportedVertex]

  package init(
    _ finding: Finding,
    isSuspect: Bool = false,
    subject: ReportedVertex? = nil,
    related: [ReportedVertex]? = nil
  ) {
    self.finding = finding
    self.isSuspect = isSuspect
    subjectVersion = subject?.apiVersion ?? ""
    subjectUID = subject?.uid ?? .unset
    self.related = related ?? finding.related.map { ReportedVertex($0) }
  }

  package var subject: ReportedVertex {
    ReportedVertex(finding.subject, apiVersion: subjectVersion, uid: subjectUID)
  }

  /// Findings come before suspects, each worst first, and those that are muted last.
  static func precedes(_ left: Self, _ right: Self) -> Bool {
    left.isSuspect == right.isSuspect
      ? Finding.precedes(left.finding, right.finding) : right.isSuspect
  }
}

extension ClusterMonitor {
  /// All findings and all suspects, in the order of a report.
  func report() async -> [ReportedFinding] {
    await askUtilisationOnce()
    catchUp()
    let settled = findings().map { reported($0, isSuspect: false) }
    let suspects = suspects(among: inspector.suspects).sorted(by: Finding.precedes)
    return settled + suspects.map { reported($0, isSuspect: true) }
  }

  /// All suspects, those of what the monitor finds itself included, in no order.
  fileprivate func allSuspects() -> [Finding] {
    suspects(among: inspector.suspects + brokenGroupSuspects)
  }

  /// Suspects with what teams and mutes say of them.
  private func suspects(among suspects: [Finding]) -> [Finding] {
    let now = clock.now()
    return suspects.map { suspect in
      var suspect = suspect
      let answer = options.ownership.answer(for: suspect, in: graph)
      suspect.severityOfTeam = answer.severity
      suspect.muting = options.mutes.muting(of: suspect, team: answer.team, in: graph, at: now)
      return suspect
    }
  }

  /// Which of these hold, whether they have settled or not.
  fileprivate func holding(among ids: Set<FindingID>) -> Set<FindingID> {
    let own = Set(brokenGroupIDs)
    return ids.filter {
      inspector.isSuspect($0) || inspector.finding($0) != nil || own.contains($0)
    }
  }

  func reported(_ finding: Finding, isSuspect: Bool) -> ReportedFinding {
    ReportedFinding(
      finding,
      isSuspect: isSuspect,
      subject: reported(finding.subject),
      related: finding.related.map(reported)
    )
  }

  private func reported(_ id: VertexID) -> ReportedVertex {
    guard let key = id.objectKey else { return ReportedVertex(id) }
    return ReportedVertex(
      id,
      apiVersion: resource(of: key.kind)?.apiVersion ?? "",
      uid: graph.record(key)?.metadata.uid ?? .unset
    )
  }
}

extension Fleet {
  /// What holds in a cluster and has to settle, with what teams and mutes say of it.
  package func suspects(inCluster name: String) async -> [Finding] {
    await monitors.first { $0.name == name }?.allSuspects() ?? []
  }

  /// Which of these hold in a cluster, whether they have settled or not.
  package func holding(
    among ids: Set<FindingID>,
    inCluster name: String
  ) async -> Set<FindingID> {
    await monitors.first { $0.name == name }?.holding(among: ids) ?? []
  }

  /// All findings and all suspects of all clusters, in the order of a report.
  package func report() async -> [ReportedFinding] {
    await exchangeAddresses()
    // The one cluster's are in order, and are not copied.
    if monitors.count == 1, let only = monitors.first { return await only.report() }
    var report: [ReportedFinding] = []
    for monitor in monitors { report += await monitor.report() }
    return report.sorted(by: ReportedFinding.precedes)
  }
}
