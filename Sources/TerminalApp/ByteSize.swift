/// A number of bytes in the units that Kubernetes uses: `512B`, `3.2Ki`, `10Gi`.
enum ByteSize {
  private static let units = ["B", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

  static func text(_ bytes: Int64) -> String {
    var (value, unit) = (Double(bytes), 0)
    while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
    let isWhole = value == value.rounded() || value >= 100
    return (isWhole ? "\(Int(value))" : value.oneDecimal) + units[unit]
  }
}
