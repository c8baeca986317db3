import Foundation
import Inspection
import KubernetesObjects
import Reporting
import Testing
import WireFormats
import Yams

@Suite struct ExporterTests {
  private static let hostile = ReportSample.finding(
    .critical,
    message: "a <script>alert('x')</script> | \"b\" & c\u{1B}[2J\nd"
  )

  private func text(_ exporter: String, _ report: ScanReport) throws -> String {
    try #require(Exporters.exporter(exporter)).text(of: report)
  }

  private static let report = ReportSample.report(
    [hostile],
    suspects: [ReportSample.finding(.info)]
  )

  @Test func yamlSaysWhatJSONSays() throws {
    let yaml = try text("yaml", Self.report)
    let json = try JSONValue(parsing: Array(try text("json", Self.report).utf8))
    let loaded = try #require(try Yams.load(yaml: yaml) as? [String: Any])
    let findings = try #require(loaded["findings"] as? [[String: Any]])
    #expect(findings.count == json["findings"]?.arrayValue?.count)
    #expect(findings[0]["message"] as? String == json["findings"]?[0]?["message"]?.stringValue)
    #expect(findings[1]["suspect"] as? Bool == true)
  }

  @Test func junitHasASuiteAClusterAndACaseACheck() throws {
    let document = try text("junit", Self.report)
    #expect(
      document.contains(#"<testsuite name="prod" tests="1" failures="1" errors="0" skipped="0">"#)
    )
    #expect(document.contains(#"<testcase classname="prod" name="stuck/test">"#))
    #expect(document.contains("Pending</failure>"))
    #expect(!document.contains("<script>"))
    let calm = try text("junit", ReportSample.report([]))
    #expect(calm.contains(#"<testcase classname="prod" name="stuck/test"/>"#))
    let failed = try text("junit", ReportSample.report([], failure: "no <route>"))
    #expect(failed.contains(#"<error message="no &lt;route&gt;"/>"#))
  }

  private static let muted: ScanReport = {
    var finding = ReportSample.finding(.critical)
    let end = Timestamp(rfc3339: "2027-04-01T00:00:00Z")
    finding.muting = Muting(reason: "planned | \u{1B}for <spring>", until: end)
    return ReportSample.report([finding])
  }()

  @Test func whatIsMutedIsShownAsSuchWithItsReason() throws {
    #expect(Self.muted.exitCode(failOn: .info) == 0)
    let json = try JSONValue(parsing: Array(try text("json", Self.muted).utf8))
    let muting = json["findings"]?[0]?["muted"]
    #expect(muting?["reason"]?.stringValue?.hasPrefix("planned") == true)
    #expect(muting?["until"] == "2027-04-01T00:00:00Z")
    let junit = try text("junit", Self.muted)
    #expect(junit.contains(#"failures="0" errors="0" skipped="1">"#))
    #expect(junit.contains("<skipped message=\"planned") && !junit.contains("<failure"))
    let sarif = try JSONValue(parsing: Array(try text("sarif", Self.muted).utf8))
    let suppression = sarif["runs"]?[0]?["results"]?[0]?["suppressions"]?[0]
    #expect(suppression?["kind"] == "external")
    let table = try text("table", Self.muted)
    #expect(table.hasPrefix("muted     stuck/test"))
    #expect(table.contains("until 2027-04-01T00:00:00Z)") && table.contains("1 muted."))
    #expect(try text("html", Self.muted).contains("Muted: planned"))
    #expect(try text("markdown", Self.muted).contains("| critical (muted: planned"))
  }

  @Test func sarifNamesItsRulesAndLeavesSuspectsOut() throws {
    let sarif = try JSONValue(parsing: Array(try text("sarif", Self.report).utf8))
    let run = try #require(sarif["runs"]?[0])
    #expect(run["tool"]?["driver"]?["rules"]?[0]?["id"] == "stuck/test")
    #expect(run["results"]?.arrayValue?.count == 1)
    let result = try #require(run["results"]?[0])
    #expect(result["level"] == "error")
    #expect(
      result["locations"]?[0]?["logicalLocations"]?[0]?["fullyQualifiedName"]
        == "prod/Pod/shop/cart"
    )
  }

  @Test func htmlNeedsNothingElseAndRunsNothingOfTheCluster() throws {
    let page = try text("html", Self.report)
    #expect(page.contains("&lt;script&gt;alert"))
    #expect(!page.contains("<script>alert"))
    #expect(page.components(separatedBy: "<script>").count == 2)
    #expect(!page.contains("http://") && !page.contains("https://"))
    #expect(page.contains("prefers-color-scheme: dark"))
    #expect(page.contains("Why a Pod is in &lt;trouble&gt;."))
    #expect(try text("html", ReportSample.report([])).contains("No finding."))
  }

  @Test func markdownKeepsARowARow() throws {
    let markdown = try text("markdown", Self.report)
    let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("| critical") }
    #expect(rows.count == 1)
    #expect(rows[0].contains(#"a &lt;script>alert('x')&lt;/script> \| "b" &amp; c"#))
    #expect(markdown.contains("| info (suspect) |"))
    #expect(markdown.contains("- Secret: may not list secrets"))
  }

  @Test(
    "No control character leaves an exporter for people",
    arguments: ["html", "junit", "markdown", "sarif", "table"]
  )
  func hostileText(name: String) throws {
    let text = try text(name, Self.report) + text(name, Self.muted)
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x7F })
  }

  @Test func jsonIsAsItsSchemaSays() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Reporting/InspectionReport.schema.json")
    let schema = Schema(try JSONValue(parsing: Array(try Data(contentsOf: path))))
    for report in [Self.report, Self.muted, ReportSample.report([], failure: "no route")] {
      let json = try JSONValue(parsing: Array(try text("json", report).utf8))
      #expect(schema.complaints(about: json) == [])
    }
    #expect(!schema.complaints(about: ["apiVersion": "kpatrol.io/v1"]).isEmpty)
  }
}

/// As much of JSON Schema as the report's schema uses.
private struct Schema {
  private let root: JSONValue

  init(_ root: JSONValue) { self.root = root }

  func complaints(about value: JSONValue) -> [String] { complaints(value, root, at: "$") }

  private func complaints(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
    if let reference = schema["$ref"]?.stringValue {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      return complaints(value, root["$defs"]?[name] ?? .null, at: path)
    }
    var complaints: [String] = []
    if let constant = schema["const"], constant != value { complaints.append("\(path): const") }
    if let options = schema["enum"]?.arrayValue, !options.contains(value) {
      complaints.append("\(path): enum")
    }
    if let type = schema["type"]?.stringValue, !value.is(type) {
      complaints.append("\(path): type")
    }
    for name in schema["required"]?.arrayValue ?? [] where value[name.stringValue ?? ""] == nil {
      complaints.append("\(path): lacks \(name)")
    }
    for (name, member) in value.objectValue ?? [:] {
      if let known = schema["properties"]?[name] {
        complaints += self.complaints(member, known, at: "\(path).\(name)")
      } else if schema["additionalProperties"] == false {
        complaints.append("\(path): \(name) is not in the schema")
      }
    }
    if let items = schema["items"] {
      for (index, element) in (value.arrayValue ?? []).enumerated() {
        complaints += self.complaints(element, items, at: "\(path)[\(index)]")
      }
    }
    return complaints
  }
}

extension JSONValue {
  fileprivate func `is`(_ type: String) -> Bool {
    switch type {
    case "object": objectValue != nil
    case "array": arrayValue != nil
    case "string": stringValue != nil
    case "boolean": booleanValue != nil
    case "integer": integerValue != nil
    case "number": numberValue != nil
    default: false
    }
  }
}
