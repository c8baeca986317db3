/// Measurements as lines for people, each printed as soon as it is there.
enum ResultsTable {
  private static let titleWidth = 58
  private static let numberWidth = 16

  static var header: String {
    line(title: "what", median: "median", p99: "p99", target: "target", verdict: "")
  }

  /// The measurement's line, and beneath it what explains it.
  static func lines(of measurement: Measurement) -> [String] {
    let unit = measurement.unit
    let verdict =
      switch measurement.isReached {
      case true?: "reached"
      case false?: "MISSED"
      case nil: ""
      }
    let line = line(
      title: measurement.title,
      median: "\(measurement.value.formatted()) \(unit)",
      p99: measurement.p99.map { "\($0.formatted()) \(unit)" } ?? "–",
      target: measurement.target.map(\.description) ?? "–",
      verdict: verdict
    )
    let details = [measurement.comparison, measurement.note, measurement.setting]
    return [line] + details.filter { !$0.isEmpty }.map { "    \($0)" }
  }

  private static func line(
    title: String,
    median: String,
    p99: String,
    target: String,
    verdict: String
  ) -> String {
    let numbers = [median, p99, target].map { $0.padded(to: numberWidth, onTheLeft: true) }
    return title.padded(to: titleWidth) + numbers.joined() + (verdict.isEmpty ? "" : "  \(verdict)")
  }
}

extension String {
  fileprivate func padded(to width: Int, onTheLeft: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - count))
    return onTheLeft ? spaces + self : self + spaces
  }
}
