import KubernetesObjects

@testable import Inspection
@testable import Monitoring

extension KnownFinding {
  /// A finding that tests tell apart by its number.
  static func sample(
    _ number: Int,
    severity: Severity = .warning,
    cluster: String = "one",
    team: String = ""
  ) -> KnownFinding {
    let subject = VertexID.object(ObjectKey(Pod.kind, namespace: "shop", name: "pod-\(number)"))
    let check: CheckID = "stuck/terminating"
    let finding = Finding(
      id: FindingID(cluster: cluster, check: check, subject: subject, discriminator: ""),
      cluster: cluster,
      check: check,
      severity: severity,
      subject: subject,
      message: "does not finish",
      evidence: [],
      related: [],
      remedies: [],
      since: Timestamp(millisecondsSince1970: 1_000_000)
    )
    var facets = FindingFacets()
    facets.team = team
    return KnownFinding(ReportedFinding(finding), ListedFinding(finding, facets: facets))
  }
}

extension FindingsNews {
  init(changed: [KnownFinding] = [], gone: [KnownFinding] = []) {
    self.init()
    self.changed = changed
    self.gone = gone.map(\.finding)
  }
}
