import WireFormats

/// A scan as one JSON object, for programs.
///
/// `InspectionReport.schema.json` in the sources describes it.
struct JSONExporter: Exporter {
  let name = "json"

  func text(of report: ScanReport, width: Int?) -> String {
    String(decoding: InspectionReport.value(of: report).encoded(), as: UTF8.self) + "\n"
  }
}
