import Foundation
import Inspection
import Monitoring
import Testing
import WireFormats

@testable import Agent

/// The alert rules that come along ask for metrics that there are, by labels that they have.
@Suite struct AlertRulesTests {
  private static let rules = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "deploy/prometheus/alerts.yaml")

  /// The names under which the families' samples are read that the sources make.
  private static let known: Set<String> = {
    let folder = rules.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Agent")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var names: Set<String> = []
    for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      let told =
        text.matches(of: /"([a-z_0-9]+)",\s*\.(gauge|counter|histogram)\b/)
        .map { (String($0.output.1), $0.output.2) }
        + text.matches(of: /\b(gauge|counter)\(\s*"([a-z_0-9]+)"/)
        .map { (String($0.output.2), $0.output.1) }
      for (name, kind) in told {
        switch kind {
        case "gauge": names.insert(name)
        case "counter": names.insert(name + "_total")
        default: names.formUnion(["_bucket", "_sum", "_count"].map { name + $0 })
        }
      }
    }
    return names
  }()

  private static func isKnown(_ expression: String) -> Bool {
    let used = expression.matches(of: /(kpatrol|process)_[a-z_0-9]+/).map { String($0.output.0) }
    return !used.isEmpty && Set(used).isSubset(of: known)
  }

  @Test func everyMetricOfARuleIsThere() throws {
    let text = try String(contentsOf: Self.rules, encoding: .utf8)
    let expressions = text.matches(of: /expr: (.+)/).map { String($0.output.1) }
    #expect(expressions.count == 10)
    for expression in expressions { #expect(Self.isKnown(expression), "\(expression)") }
  }

  @Test func everyMetricOfTheDashboardIsThere() throws {
    let file = Self.rules.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "grafana/kpatrol.json")
    let dashboard = try JSONValue(parsing: Array(Data(contentsOf: file)))
    let panels = dashboard["panels"]?.arrayValue ?? []
    let expressions = panels.flatMap { $0["targets"]?.arrayValue ?? [] }
      .compactMap { $0["expr"]?.stringValue }
    #expect(expressions.count > 30)
    for expression in expressions { #expect(Self.isKnown(expression), "\(expression)") }
  }

  @Test func everyLabelOfARuleIsThere() async throws {
    let ledger = FindingLedger(instance: "a")
    await ledger.take(FindingsNews(changed: [.sample(1)]))
    let entries = await ledger.findings(try FindingsRequest([]).filter).entries
    let families = AgentMetrics().families([], entries, [], followers: 0)
    let findings = try #require(families.first { $0.name == "kpatrol_findings" })
    let labels = Set(try #require(findings.samples.first).labels.map(\.name))
    let text = try String(contentsOf: Self.rules, encoding: .utf8)
    let asked = text.matches(of: /\$labels\.([a-z]+)/).map { String($0.output.1) }
    #expect(!asked.isEmpty && Set(asked).isSubset(of: labels.union(["receiver", "shard", "type"])))
    #expect(text.contains("by (cluster, check, team)"))
  }
}
