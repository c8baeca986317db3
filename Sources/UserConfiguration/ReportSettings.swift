package import Inspection
package import NameMatching
import YAMLReading

/// Whether, and how, an agent writes its findings into the clusters.
package struct ReportSettings: Sendable, Equatable {
  /// The API that the reports are of.
  package enum Format: String, Sendable, CaseIterable {
    /// `Report` and `ClusterReport` of openreports.io/v1alpha1.
    case openreports
    /// `PolicyReport` and `ClusterPolicyReport` of wgpolicyk8s.io/v1alpha2.
    case wgpolicyk8s
  }

  /// `nil` where none are written.
  package var format: Format?
  /// The contexts of the clusters into which they are written.
  package var contexts: [NamePattern] = ["*"]
  /// What matters less is left out.
  package var minSeverity = Severity.info
  /// How many results one report holds.
  package var maxResults = 1_000

  package init() {}

  /// Whether reports are written into the cluster of this context.
  package func concerns(_ context: String) -> Bool {
    format != nil && contexts.contains { $0.matches(context) }
  }
}

extension SettingsReader {
  mutating func readReports(_ value: YAMLValue) {
    let known = ConfigurationKey.names(under: "reports")
    readFields(of: value, known: known) { reader, field, value in
      switch field {
      case "format":
        let names = ReportSettings.Format.allCases.map(\.rawValue).joined(separator: " or ")
        reader.settings.reports.format = reader.scalar(value, "is not \(names)") {
          ReportSettings.Format(rawValue: $0)
        }
      case "contexts": reader.settings.reports.contexts = reader.patterns(value)
      case "minSeverity":
        guard let severity = reader.severity(value) else { return }
        reader.settings.reports.minSeverity = severity
      default:
        let count = reader.scalar(value, "is no number from 1 to 5000") {
          Int($0).flatMap { 1...5_000 ~= $0 ? $0 : nil }
        }
        if let count { reader.settings.reports.maxResults = count }
      }
    }
  }
}

extension SettingsText {
  var reports: [String] {
    let reports = file.settings.reports
    return [
      "reports:",
      "  format:" + (reports.format.map { " " + $0.rawValue } ?? "") + origin("reports.format"),
      "  contexts: \(Self.list(reports.contexts))" + origin("reports.contexts"),
      "  minSeverity: \(reports.minSeverity.name)" + origin("reports.minSeverity"),
      "  maxResults: \(reports.maxResults)" + origin("reports.maxResults"),
    ]
  }
}
