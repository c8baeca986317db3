package import ClusterGraph
import Inspection
import KubernetesObjects

/// Which findings a filter lets through.
package struct FindingsFilter: Sendable, Equatable {
  /// The columns that it may name.
  package static let columns = [
    FilterColumn("check", isPath: true), FilterColumn("shape"), FilterColumn("severity", "sev"),
    FilterColumn("cluster", "context"), FilterColumn("namespace", "ns"), FilterColumn("kind"),
    FilterColumn("name"), FilterColumn("message", "finding"), FilterColumn("state"),
    FilterColumn("node"), FilterColumn("owner"), FilterColumn("team"), FilterColumn("layer"),
  ]

  private let expression: FilterExpression

  package init(_ expression: FilterExpression) { self.expression = expression }

  package var isEmpty: Bool { expression.isEmpty }

  /// Whether it asks for more than what a finding itself tells: what is being done about it.
  var readsHeals: Bool { expression.mentions(column: "state") }

  func matches(_ listed: ListedFinding, heal: HealState? = nil) -> Bool {
    let finding = listed.finding
    return expression.matches { test, column in
      if case .labels(let selector) = test { return selector.matches(listed.facets.labels) }
      return switch column {
      case "check": test.matches(finding.check.description)
      case "shape": test.matches(finding.check.shape?.rawValue ?? "")
      case "severity": test.matches(finding.severity.name)
      case "cluster": test.matches(finding.cluster)
      case "namespace": test.matches(finding.namespace)
      case "kind": test.matches(finding.subject.kindName)
      case "name": test.matches(finding.subject.objectKey?.name ?? finding.subject.name)
      case "message": test.matches(finding.message)
      case "state":
        test.matches(FindingState(finding, isPast: listed.isPast, heal).rawValue)
      case "node": test.matches(listed.facets.node)
      case "owner": test.matches(listed.facets.owner)
      case "team": test.matches(listed.facets.team)
      case "layer": test.matches(listed.facets.layer.rawValue)
      default:
        test.matches(finding.message) || test.matches(finding.check.description)
          || test.matches(finding.cluster) || test.matches(finding.severity.name)
          || test.matches(finding.subject.description)
      }
    }
  }
}

extension Finding {
  /// The namespace that it is in: a Namespace is in itself, and what is shared where all are that share it.
  package var namespace: String {
    let names = objects.map { $0.kind == Namespace.kind ? $0.name : $0.namespace }
    guard let first = names.first, names.allSatisfy({ $0 == first }) else { return "" }
    return first
  }
}
