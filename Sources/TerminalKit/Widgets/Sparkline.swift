/// Numbers over time in one row.
package enum Sparkline {
  private static let levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A column for each value, as high as the value is beside the greatest; nothing for none.
  package static func text(_ values: [Double?], maximum: Double? = nil) -> String {
    let greatest = maximum ?? values.compactMap(\.self).max() ?? 0
    return values.map { value in
      guard let value else { return " " }
      guard greatest > 0, value > 0 else { return levels[0] }
      let level = Int((min(1, value / greatest) * Double(levels.count - 1)).rounded(.up))
      return levels[level]
    }.joined()
  }
}
