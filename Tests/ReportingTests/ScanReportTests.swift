import KubernetesObjects
import Reporting
import Testing
import WireFormats

@testable import Inspection
@testable import Monitoring

@Suite struct ScanReportTests {
  private static let pod = VertexID.object(
    ObjectKey(ObjectKind("Pod"), namespace: "shop", name: "cart")
  )

  private static func finding(
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

  private static func report(_ findings: [Finding], failure: String? = nil) -> ScanReport {
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
    status.kindsTotal = 7
    status.syncDuration = .milliseconds(1500)
    status.firstInspectionDuration = .milliseconds(250)
    status.notInspected = [
      .init(kind: ObjectKind("Secret"), reason: "may not list secrets", checks: [])
    ]
    return ScanReport(
      clusters: [.init(status: status, failure: failure)],
      findings: findings,
      resources: ProcessResources(cpuSeconds: 0.5, residentBytes: 512, peakResidentBytes: 1024)
    )
  }

  @Test(
    "The exit code tells the worst",
    arguments: [
      (Severity.critical, Severity.critical, 1), (.warning, .critical, 0), (.warning, .warning, 1),
      (.info, .warning, 0), (.info, .info, 1),
    ]
  )
  func exitCodes(found: Severity, failOn: Severity, code: Int) {
    #expect(Self.report([Self.finding(found)]).exitCode(failOn: failOn) == code)
  }

  @Test func aClusterThatCouldNotBeInspectedOutweighsFindings() {
    let report = Self.report([Self.finding(.critical)], failure: "no route")
    #expect(report.exitCode(failOn: .critical) == 3)
    #expect(Self.report([]).exitCode(failOn: .info) == 0)
  }

  @Test func jsonHoldsWhatProgramsNeed() throws {
    let text = try #require(Exporters.exporter("json")).text(of: Self.report([Self.finding(.info)]))
    let json = try JSONValue(parsing: Array(text.utf8))
    let cluster = try #require(json["clusters"]?.arrayValue?.first)
    #expect(cluster["name"] == "prod")
    #expect(cluster["inspected"] == true)
    #expect(cluster["state"] == "live")
    #expect(cluster["stateSince"] == "1970-01-01T00:00:00Z")
    #expect(cluster["stats"]?["lastEventAgeSeconds"] == 2.5)
    #expect(cluster["stats"]?["eventsPerSecond"] == 1.5)
    #expect(cluster["stats"]?["syncSeconds"] == 1.5)
    #expect(cluster["stats"]?["inspectionSeconds"] == 0.25)
    #expect(cluster["stats"]?["objects"] == 42)
    #expect(cluster["stats"]?["cpuSeconds"] == 0.5)
    #expect(cluster["stats"]?["residentBytes"] == 512)
    #expect(cluster["stats"]?["peakResidentBytes"] == 1024)
    #expect(cluster["stats"]?["bytesReceived"] == 0)
    #expect(cluster["notInspected"]?.arrayValue?.first?["reason"] == "may not list secrets")
    let finding = try #require(json["findings"]?.arrayValue?.first)
    #expect(finding["check"] == "stuck/test")
    #expect(finding["severity"] == "info")
    #expect(finding["subject"]?["namespace"] == "shop")
    #expect(finding["since"] == "1970-01-01T00:00:00Z")
    #expect(finding["evidence"]?.arrayValue?.first?["value"] == "Pending")
  }

  @Test func theTableIsForPeople() throws {
    let table = try #require(Exporters.exporter("table"))
    #expect(
      table.text(of: Self.report([Self.finding(.warning)])) == """
        warning   stuck/test                  prod  Pod shop/cart is in trouble
        Cluster prod: 42 objects of 7 kinds in 1.5 s.
          not inspected: Secret: may not list secrets

        """
    )
    #expect(
      table.text(of: Self.report([], failure: "no route"))
        == "Cluster prod could not be inspected: no route\n"
    )
  }

  @Test func hostileTextDoesNotReachTheTerminal() throws {
    let hostile = Self.finding(.info, message: "a\u{1B}[2Jb\r\nc\u{202E}d")
    let text = try #require(Exporters.exporter("table")).text(of: Self.report([hostile]))
    #expect(text.contains("a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c\u{FFFD}d"))
  }

  @Test func exportersHaveNamesOfTheirOwn() {
    let names = Exporters.all.map(\.name)
    #expect(names == Set(names).sorted())
  }
}
