import Foundation
import WireFormats

/// Measurements as one JSON object, for programs.
///
/// `value` is the median where something was measured several times; `reached` is absent where nothing is asked for.
struct ResultsDocument {
  let measurements: [Measurement]
  let isQuick: Bool

  var text: String {
    let document: JSONValue = [
      "apiVersion": "kpatrol.io/v1",
      "kind": "Benchmark",
      "processors": .integer(Int64(ProcessInfo.processInfo.activeProcessorCount)),
      "quick": .boolean(isQuick),
      "rows": .array(measurements.map(row)),
    ]
    return String(decoding: document.encoded(), as: UTF8.self) + "\n"
  }

  private func row(_ measurement: Measurement) -> JSONValue {
    var row: JSONValue = [
      "title": .string(measurement.title),
      "setting": .string(measurement.setting),
      "unit": .string(measurement.unit),
      "value": number(measurement.value),
    ]
    row["p99"] = measurement.p99.map(number)
    switch measurement.target {
    case .atLeast(let limit): row["target"] = ["atLeast": number(limit)]
    case .under(let limit): row["target"] = ["under": number(limit)]
    case nil: break
    }
    row["reached"] = measurement.isReached.map { .boolean($0) }
    if !measurement.comparison.isEmpty { row["comparison"] = .string(measurement.comparison) }
    if !measurement.note.isEmpty { row["note"] = .string(measurement.note) }
    return row
  }

  /// JSON has no word for what is no number.
  private func number(_ value: Double) -> JSONValue { value.isFinite ? .number(value) : .null }
}
