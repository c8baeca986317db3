/// A form in which a scan is written; a file each in `Exporters/`, a line each in ``Exporters``.
package protocol Exporter: Sendable {
  /// What `--output` calls it.
  var name: String { get }

  func text(of report: ScanReport) -> String
}

/// All exporters, by name.
package enum Exporters {
  package static let all: [any Exporter] = [
    JSONExporter(),
    TableExporter(),
  ]

  package static func exporter(_ name: String) -> (any Exporter)? { all.first { $0.name == name } }
}
