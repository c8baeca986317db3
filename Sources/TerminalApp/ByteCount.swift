/// A number of bytes in the unit that suits it.
enum ByteCount {
  private static let units = ["B", "KB", "MB", "GB", "TB"]

  static func text(_ bytes: UInt64) -> String {
    var value = Double(bytes)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(bytes) B" : "\(value.oneDecimal) \(units[unit])"
  }
}
