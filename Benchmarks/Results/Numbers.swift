extension [Double] {
  /// The middle one; the upper of the two in the middle.
  var median: Double { isEmpty ? .nan : sorted()[count / 2] }

  /// What 99 of 100 do not exceed.
  var p99: Double {
    isEmpty ? .nan : sorted()[Swift.min(count - 1, Int((Double(count) * 0.99).rounded(.up)) - 1)]
  }
}

extension Double {
  /// The number with three significant digits, as far as it has them.
  func formatted() -> String {
    guard isFinite else { return "–" }
    if magnitude >= 100 || self == rounded() { return String(Int(rounded())) }
    let scale = magnitude >= 10 ? 10.0 : 100.0
    return String((self * scale).rounded() / scale)
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
