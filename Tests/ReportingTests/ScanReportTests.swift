import KubernetesObjects
import Testing
import WireFormats

@testable import Inspection
@testable import Monitoring
@testable import Reporting

@Suite struct ScanReportTests {
  @Test(
    "The exit code tells the worst",
    arguments: [
      (Severity.critical, Severity.critical, 1), (.warning, .critical, 0), (.warning, .warning, 1),
      (.info, .warning, 0), (.info, .info, 1),
    ]
  )
  func exitCodes(found: Severity, failOn: Severity, code: Int) {
    #expect(ReportSample.report([ReportSample.finding(found)]).exitCode(failOn: failOn) == code)
  }

  @Test func aClusterThatCouldNotBeInspectedOutweighsFindings() {
    let report = ReportSample.report([ReportSample.finding(.critical)], failure: "no route")
    #expect(report.exitCode(failOn: .critical) == 3)
    #expect(ReportSample.report([]).exitCode(failOn: .info) == 0)
  }

  @Test func jsonHoldsWhatProgramsNeed() throws {
    let report = ReportSample.report([ReportSample.finding(.info)])
    let text = try #require(Exporters.exporter("json")).text(of: report)
    let json = try JSONValue(parsing: Array(text.utf8))
    let cluster = try #require(json["clusters"]?.arrayValue?.first)
    #expect(cluster["name"] == "prod")
    #expect(cluster["inspected"] == true)
    #expect(cluster["state"] == "live")
    #expect(cluster["stateSince"] == "1970-01-01T00:00:00Z")
    #expect(cluster["stats"]?["lastEventAgeSeconds"] == 2.5)
    #expect(cluster["stats"]?["eventsPerSecond"] == 1.5)
    #expect(cluster["stats"]?["serverCertificateExpiry"] == "1970-01-02T00:00:00Z")
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
    #expect(
      finding["subject"] == [
        "apiVersion": "v1", "kind": "Pod", "namespace": "shop", "name": "cart", "uid": "u-1",
      ]
    )
    #expect(finding["shape"] == "stuck")
    #expect(finding["suspect"] == false)
    #expect(finding["since"] == "1970-01-01T00:00:00Z")
    #expect(finding["evidence"]?.arrayValue?.first?["value"] == "Pending")
  }

  @Test(arguments: [0, 1, 2_000])
  func jsonIsWrittenInPiecesThatAreOneObject(findings: Int) throws {
    let report = ReportSample.report(
      Array(repeating: ReportSample.finding(.info), count: findings)
    )
    var pieces: [String] = []
    try #require(Exporters.exporter("json")).write(report, width: nil) { pieces.append($0) }
    let whole = String(decoding: InspectionReport.value(of: report).encoded(), as: UTF8.self)
    #expect(pieces.joined() == whole + "\n")
    #expect(pieces.allSatisfy { $0.utf8.count < 100_000 })
    #expect((pieces.count > 5) == (findings == 2_000))
  }

  @Test func theTableIsForPeople() throws {
    let table = try #require(Exporters.exporter("table"))
    #expect(
      try table.text(
        of: ReportSample.report(
          [ReportSample.finding(.warning)],
          suspects: [ReportSample.finding(.info, message: "Pod shop/cart may be in trouble")]
        )
      ) == """
        warning   stuck/test  Pod shop/cart is in trouble
        suspect   stuck/test  Pod shop/cart may be in trouble
        Cluster prod: 42 objects of 7 kinds in 1.5 s. 1 warning, 1 suspect.
          inventory netbox (cmdb, netbox.example.com): 12 records, read 5 s ago
            page 1, record 2: address: "x" is no address
          not inspected: Secret: may not list secrets

        """
    )
    #expect(
      try table.text(of: ReportSample.report([], failure: "no route"))
        == "Cluster prod could not be inspected: no route\n"
    )
  }

  @Test func onATerminalMessagesAreBrokenBetweenWords() throws {
    let message = "Address 10.244.5.7 is used by 2 Pods: shop/cart-1, shop/cart-2"
    let report = ReportSample.report([ReportSample.finding(.critical, message: message)])
    let text = try #require(Exporters.exporter("table")).text(of: report, width: 40)
    #expect(
      text.hasPrefix(
        """
        critical  stuck/test
                  Address 10.244.5.7 is used by
                  2 Pods: shop/cart-1,
                  shop/cart-2

        Cluster prod:
        """
      )
    )
  }

  @Test func kindsThatAreNotInspectedForOneReasonShareALine() throws {
    var report = ReportSample.report([])
    var status = report.clusters[0].status
    status.notInspected += [
      .init(kind: ObjectKind("Node"), reason: "may not list secrets", checks: []),
      .init(kind: ObjectKind("Pod"), reason: "no connection", checks: []),
    ]
    report = ScanReport(
      clusters: [.init(status: status, failure: nil)],
      findings: [],
      checks: [],
      resources: report.resources
    )
    let table = try #require(Exporters.exporter("table")).text(of: report)
    #expect(
      table.hasSuffix(
        """
          not inspected: Secret, Node: may not list secrets
          not inspected: Pod: no connection

        """
      )
    )
  }

  @Test func suspectsAreNoReasonToFail() {
    let report = ReportSample.report([], suspects: [ReportSample.finding(.critical)])
    #expect(report.exitCode(failOn: .info) == 0)
  }

  @Test func hostileTextDoesNotReachTheTerminal() throws {
    let hostile = ReportSample.finding(.info, message: "a\u{1B}[2Jb\r\nc\u{202E}d")
    let text = try #require(Exporters.exporter("table")).text(of: ReportSample.report([hostile]))
    #expect(text.contains("a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c\u{FFFD}d"))
  }

  @Test func exportersHaveNamesOfTheirOwn() {
    let names = Exporters.all.map(\.name)
    #expect(names == Set(names).sorted())
  }
}
