/// Lengths of time as Kubernetes and Prometheus write them: `90s`, `5m`, `1h30m`.
package enum DurationText {
  private static let units: [(letter: Character, seconds: Int64)] = [
    ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
  ]

  /// Reads a duration; `nil` for anything else.
  ///
  /// Units come in the order d, h, m, s, each once at most; `0` needs none.
  package static func duration(_ text: String) -> Duration? {
    if text == "0" { return .zero }
    var rest = Substring(text)
    var seconds: Int64 = 0
    for unit in units {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty, rest[digits.endIndex...].first == unit.letter else { continue }
      // More digits might not fit, and are centuries even as seconds.
      guard digits.count <= 9, let count = Int64(digits) else { return nil }
      seconds += count * unit.seconds
      rest = rest[digits.endIndex...].dropFirst()
    }
    return text.isEmpty || !rest.isEmpty ? nil : .seconds(seconds)
  }

  /// Writes a duration in the two or three letters that kubectl uses: `45s`, `12m`, `3h`, `2d`.
  package static func rough(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    return switch seconds {
    case ..<120: "\(seconds)s"
    case ..<7200: "\(seconds / 60)m"
    case ..<172_800: "\(seconds / 3600)h"
    default: "\(seconds / 86400)d"
    }
  }

  /// Writes a duration of whole seconds.
  package static func text(_ duration: Duration) -> String {
    var seconds = duration.components.seconds
    var text = ""
    for unit in units where seconds >= unit.seconds {
      text += "\(seconds / unit.seconds)\(unit.letter)"
      seconds %= unit.seconds
    }
    return text.isEmpty ? "0s" : text
  }
}
