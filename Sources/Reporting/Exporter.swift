/// A form in which a scan is written; a file each in `Exporters/`, a line each in ``Exporters``.
package protocol Exporter: Sendable {
  /// What `--output` calls it.
  var name: String { get }

  /// The whole output; `width` is that of the terminal that shows it, if one does.
  func text(of report: ScanReport, width: Int?) throws -> String

  /// Hands the same to `output` piece by piece, for what would be many times as large in memory.
  func write(_ report: ScanReport, width: Int?, to output: (String) throws -> Void) throws
}

extension Exporter {
  package func text(of report: ScanReport) throws -> String { try text(of: report, width: nil) }

  package func write(
    _ report: ScanReport,
    width: Int?,
    to output: (String) throws -> Void
  ) throws {
    try output(text(of: report, width: width))
  }
}

/// All exporters, by name.
package enum Exporters {
  package static let all: [any Exporter] = [
    HTMLExporter(),
    JSONExporter(),
    JUnitExporter(),
    MarkdownExporter(),
    SARIFExporter(),
    TableExporter(),
    YAMLExporter(),
  ]

  package static func exporter(_ name: String) -> (any Exporter)? { all.first { $0.name == name } }
}
