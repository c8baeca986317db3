/// One metric with all its labels, as Prometheus and OpenMetrics have it.
package struct MetricFamily: Sendable {
  package enum Kind: String, Sendable { case gauge, counter, histogram }

  package struct Sample: Sendable {
    /// What comes behind the family's name, as `_bucket`.
    package var suffix = ""
    package var labels: [(name: String, value: String)] = []
    package var value: Double
  }

  /// Without the suffix that its kind demands.
  package let name: String
  package let kind: Kind
  package let help: String
  package internal(set) var samples: [Sample] = []

  package init(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }

  package mutating func add(_ value: Double, _ labels: (name: String, value: String)...) {
    samples.append(Sample(labels: labels, value: value))
  }

  mutating func add(_ histogram: Histogram) {
    var count = 0
    for (bound, found) in zip(histogram.bounds + [.infinity], histogram.counts) {
      count += found
      samples.append(
        Sample(
          suffix: "_bucket",
          labels: [("le", MetricsText.number(bound))],
          value: Double(count)
        )
      )
    }
    samples.append(Sample(suffix: "_sum", value: histogram.sum))
    samples.append(Sample(suffix: "_count", value: Double(count)))
  }
}

/// How often something took how long, in buckets.
struct Histogram: Sendable, Equatable {
  /// The upper ends of the buckets; behind the last is one without an end.
  let bounds: [Double]
  private(set) var counts: [Int]
  private(set) var sum = 0.0

  init(bounds: [Double]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count + 1)
  }

  mutating func note(_ value: Double) {
    counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
    sum += value
  }
}

/// Metrics as text: as Prometheus has read it from the beginning (version 0.0.4), or as OpenMetrics 1.0.
struct MetricsText {
  enum Format: Sendable {
    case prometheus, openMetrics

    /// What a client asks for that says `accept`.
    init(accept: String?) {
      self = accept?.contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
    }

    var mediaType: String {
      switch self {
      case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
      case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
      }
    }
  }

  let format: Format

  func text(of families: [MetricFamily]) -> String {
    var text = ""
    for family in families where !family.samples.isEmpty {
      let total = family.kind == .counter ? "_total" : ""
      // OpenMetrics names the family of a counter without what each of its samples ends with.
      let name = family.name + (format == .prometheus ? total : "")
      text += "# HELP \(name) \(Self.escaped(family.help, quotes: false))\n"
      text += "# TYPE \(name) \(family.kind.rawValue)\n"
      for sample in family.samples {
        let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
        let braces = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
        text += "\(family.name)\(total)\(sample.suffix)\(braces) \(Self.number(sample.value))\n"
      }
    }
    return format == .openMetrics ? text + "# EOF\n" : text
  }

  static func number(_ value: Double) -> String {
    if value == .infinity { return "+Inf" }
    guard let whole = Int64(exactly: value) else { return "\(value)" }
    return "\(whole)"
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += #"\\"#
      case "\n": escaped += #"\n"#
      case "\"" where quotes: escaped += #"\""#
      // Neither format has a way to write other controls, and a reader's terminal would obey them.
      case _ where scalar.properties.generalCategory == .control: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
