/// One of the five fields of a cron schedule: `*`, `5`, `1-5`, `*/15`, `MON,WED`.
struct CronField {
  static let minute = CronField(range: 0...59)
  static let hour = CronField(range: 0...23)
  static let day = CronField(range: 1...31)
  static let month = CronField(
    range: 1...12,
    names: [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
  )
  static let weekday = CronField(
    range: 0...6,
    names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
  )

  let range: ClosedRange<Int>
  /// What may stand in place of the numbers, from the lowest one.
  var names: [String] = []

  /// The values that match, as bits; `nil` where the text is no such field.
  func bits(_ text: String) -> UInt64? {
    var bits: UInt64 = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let values = values(part) else { return nil }
      for value in values { bits |= 1 << UInt64(value) }
    }
    return bits
  }

  private func values(_ text: Substring) -> StrideThrough<Int>? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let span = span(parts[0], isOpen: parts.count == 2) else { return nil }
    let step = parts.count == 2 ? Int(parts[1]) : 1
    guard let step, step > 0 else { return nil }
    return stride(from: span.lowerBound, through: span.upperBound, by: step)
  }

  /// The values before the step; a single one that has a step goes on to the last.
  private func span(_ text: Substring, isOpen: Bool) -> ClosedRange<Int>? {
    if text == "*" || text == "?" { return range }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, let first = value(ends[0]) else { return nil }
    guard ends.count == 2 else { return isOpen ? first...range.upperBound : first...first }
    guard let last = value(ends[1]), first <= last else { return nil }
    return first...last
  }

  private func value(_ text: Substring) -> Int? {
    if let position = names.firstIndex(of: text.lowercased()) { return range.lowerBound + position }
    guard let number = Int(text), range.contains(number) else { return nil }
    return number
  }
}
