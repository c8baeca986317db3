import Inspection
import KubernetesObjects

/// What the tests write into journals.
enum Sample {
  static let noon =
    Timestamp(rfc3339: "2026-11-26T12:00:00Z") ?? .init(millisecondsSince1970: 0)

  static func finding(
    _ number: Int = 1,
    check: CheckID = "stuck/x",
    cluster: String = "test",
    namespace: String = "shop",
    since: Timestamp = noon
  ) -> Finding {
    let subject = VertexID.object(
      ObjectKey(Pod.kind, namespace: namespace, name: "pod-\(number)")
    )
    return Finding(
      id: FindingID(cluster: cluster, check: check, subject: subject, discriminator: ""),
      cluster: cluster,
      check: check,
      severity: .warning,
      subject: subject,
      message: "Pod shop/pod-\(number) is stuck\u{1b}[2J",
      evidence: [],
      related: [],
      remedies: [],
      since: since
    )
  }

  static func raised(_ findings: [Finding]) -> FindingsDelta {
    var delta = FindingsDelta()
    delta.raised = findings
    return delta
  }

  static func resolved(_ findings: [Finding]) -> FindingsDelta {
    var delta = FindingsDelta()
    delta.resolved = findings
    return delta
  }
}
