import WireFormats

/// A scan as one JSON object, for programs.
///
/// `InspectionReport.schema.json` in the sources describes it. It is written finding by finding: as a
/// tree of values, thousands of them would take more memory than the clusters that they are about.
struct JSONExporter: Exporter {
  private static let pieceSize = 64 << 10

  let name = "json"

  func text(of report: ScanReport, width: Int?) throws -> String {
    var text = ""
    try write(report, width: width) { text += $0 }
    return text
  }

  func write(_ report: ScanReport, width: Int?, to output: (String) throws -> Void) throws {
    var piece: [UInt8] = []
    func flush() throws {
      try output(String(decoding: piece, as: UTF8.self))
      piece.removeAll(keepingCapacity: true)
    }
    // A member each, in the order of their names.
    piece += #"{"apiVersion":"#.utf8
    JSONValue.string(InspectionReport.apiVersion).encode(into: &piece)
    piece += #","clusters":"#.utf8
    InspectionReport.clusters(of: report).encode(into: &piece)
    piece += #","findings":["#.utf8
    for (index, finding) in report.findings.enumerated() {
      if index > 0 { piece += ",".utf8 }
      InspectionReport.finding(finding).encode(into: &piece)
      if piece.count >= Self.pieceSize { try flush() }
    }
    piece += #"],"kind":"#.utf8
    JSONValue.string(InspectionReport.kind).encode(into: &piece)
    piece += "}\n".utf8
    try flush()
  }
}
