import Foundation
import Inspection
import Monitoring
import Testing

@testable import Agent

/// The alert rules that come along ask for metrics that there are, by labels that they have.
@Suite struct AlertRulesTests {
  private static let rules = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "deploy/prometheus/alerts.yaml")

  /// The names under which a family's samples are read.
  private static func names(_ family: MetricFamily) -> [String] {
    switch family.kind {
    case .gauge: [family.name]
    case .counter: [family.name + "_total"]
    case .histogram: ["_bucket", "_sum", "_count"].map { family.name + $0 }
    }
  }

  @Test func everyMetricOfARuleIsThere() throws {
    let text = try String(contentsOf: Self.rules, encoding: .utf8)
    let expressions = text.matches(of: /expr: (.+)/).map { String($0.output.1) }
    #expect(expressions.count == 6)
    let families = AgentMetrics().families([], [], [], followers: 0)
    let known = Set(families.flatMap(Self.names))
    for expression in expressions {
      let used = expression.matches(of: /kpatrol_[a-z_0-9]+/).map { String($0.output) }
      #expect(!used.isEmpty && Set(used).isSubset(of: known), "\(expression)")
    }
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
    #expect(!asked.isEmpty && Set(asked).isSubset(of: labels))
    #expect(text.contains("by (cluster, check, team)"))
  }
}
