import Inventories
import KubernetesClient
import KubernetesObjects
import Reporting
import UserConfiguration

@testable import Inspection
@testable import Monitoring

/// A report about one cluster.
enum ReportSample {
  static let pod = VertexID.object(
    ObjectKey(ObjectKind("Pod"), namespace: "shop", name: "cart")
  )

  private static let reportedPod = ReportedVertex(pod, apiVersion: "v1", uid: ObjectUID("u-1"))

  static func finding(
    _ severity: Severity,
    message: String = "Pod shop/cart is in trouble"
  ) -> Finding {
    Finding(
      id: FindingID(cluster: "prod", check: "stuck/test", subject: pod, discriminator: ""),
      cluster: "prod",
      check: "stuck/test",
      severity: severity,
      subject: pod,
      message: message,
      evidence: [Evidence(pod, "status.phase", "Pending")],
      related: [],
      remedies: ["delete-pod"],
      since: Timestamp(millisecondsSince1970: 0)
    )
  }

  static func report(
    _ findings: [Finding],
    suspects: [Finding] = [],
    failure: String? = nil
  ) -> ScanReport {
    var status = ClusterStatus(
      name: "prod",
      server: "https://prod",
      connectionSince: Timestamp(millisecondsSince1970: 0),
      now: Timestamp(millisecondsSince1970: 0)
    )
    status.objectCount = 42
    status.connection = .watching
    status.lastEvent = Timestamp(millisecondsSince1970: -2500)
    status.eventsPerSecond = 1.5
    status.requests.serverCertificate = CertificateValidity(
      start: Timestamp(millisecondsSince1970: 0),
      end: Timestamp(millisecondsSince1970: 86_400_000)
    )
    status.kindsTotal = 7
    status.syncDuration = .milliseconds(1500)
    status.firstInspectionDuration = .milliseconds(250)
    status.notInspected = [
      .init(kind: ObjectKind("Secret"), reason: "may not list secrets", checks: [])
    ]
    var inventory = InventoryStatus(name: "netbox", kind: .cmdb, place: "netbox.example.com")
    inventory.recordCount = 12
    inventory.lastRead = Timestamp(millisecondsSince1970: -5000)
    inventory.isKnown = true
    inventory.problems = ["page 1, record 2: address: \"x\" is no address"]
    status.inventories = [inventory]
    return ScanReport(
      clusters: [.init(status: status, failure: failure)],
      findings: findings.map { ReportedFinding($0, subject: reportedPod) }
        + suspects.map { ReportedFinding($0, isSuspect: true) },
      checks: [TestCheck()],
      resources: ProcessResources(cpuSeconds: 0.5, residentBytes: 512, peakResidentBytes: 1024)
    )
  }
}

/// The check that the sample's findings come from.
private struct TestCheck: Check {
  let id: CheckID = "stuck/test"
  let title = "Pod is in trouble"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explanation = "Why a Pod is in <trouble>. Verify: kubectl get pods"

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] { [] }
}
