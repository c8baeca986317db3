/// What is wrong with the schedule of a CronJob, as Kubernetes reads it (`robfig/cron/v3`): five
/// fields, or a word such as `@daily`.
enum ScheduleGrammar {
  private struct Field {
    let name: String
    let range: ClosedRange<Int>
    var words: [String] = []
    /// The number of the first word.
    var firstWord: Int { range.lowerBound }
  }

  private static let fields = [
    Field(name: "minute", range: 0...59),
    Field(name: "hour", range: 0...23),
    Field(name: "day of month", range: 1...31),
    Field(
      name: "month",
      range: 1...12,
      words: [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
      ]
    ),
    Field(
      name: "day of week",
      range: 0...6,
      words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    ),
  ]

  private static let descriptors: Set<String> = [
    "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly",
  ]

  private static let longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// Why a schedule cannot be read, or never comes; `nil` where it is good.
  static func problem(of text: String) -> String? {
    var parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
    if let zone = parts.first, zone.hasPrefix("TZ=") || zone.hasPrefix("CRON_TZ=") {
      parts.removeFirst()
    }
    guard let first = parts.first else { return "it is empty" }
    if first.hasPrefix("@") { return problem(ofDescriptor: parts) }
    guard parts.count == fields.count else {
      return "it has \(parts.count) fields in place of \(fields.count)"
    }
    var values: [Set<Int>] = []
    for (part, field) in zip(parts, fields) {
      guard let numbers = numbers(in: part, of: field) else {
        return "\"\(part)\" is no \(field.name)"
      }
      values.append(numbers)
    }
    // With a day of week, either of the two days is enough.
    let hasWeekday = !["*", "?"].contains(parts[4])
    let comes = values[3].contains { month in
      values[2].contains { $0 <= longestMonths[month - 1] }
    }
    return comes || hasWeekday ? nil : "no month has such a day"
  }

  private static func problem(ofDescriptor parts: [String]) -> String? {
    if parts.count == 1, descriptors.contains(parts[0]) { return nil }
    if parts.count == 2, parts[0] == "@every", isDuration(parts[1]) { return nil }
    return "\"\(parts.joined(separator: " "))\" is no schedule"
  }

  /// Whether the text is a duration of Go: `1h30m`.
  private static func isDuration(_ text: String) -> Bool {
    var rest = text[...]
    guard !rest.isEmpty else { return false }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      let unit = rest.dropFirst(number.count).prefix { $0.isLetter }
      guard Double(number) != nil, ["ns", "us", "ms", "s", "m", "h"].contains(unit) else {
        return false
      }
      rest = rest.dropFirst(number.count + unit.count)
    }
    return true
  }

  /// The numbers that a field means; `nil` where it cannot be read.
  private static func numbers(in text: String, of field: Field) -> Set<Int>? {
    var all: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "/", omittingEmptySubsequences: false)
      guard (1...2).contains(halves.count),
        var range = range(halves[0], of: field)
      else { return nil }
      var step = 1
      if halves.count == 2 {
        guard let given = Int(halves[1]), given > 0 else { return nil }
        step = given
        // `5/15` means from 5 on.
        if !halves[0].contains("-") { range = range.lowerBound...field.range.upperBound }
      }
      all.formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
    }
    return all
  }

  private static func range(_ text: Substring, of field: Field) -> ClosedRange<Int>? {
    if text == "*" || text == "?" { return field.range }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(ends.count), let first = number(ends[0], of: field),
      let last = number(ends[ends.count - 1], of: field), first <= last,
      field.range.contains(first), field.range.contains(last)
    else { return nil }
    return first...last
  }

  private static func number(_ text: Substring, of field: Field) -> Int? {
    if let index = field.words.firstIndex(of: text.lowercased()) {
      return field.firstWord + index
    }
    return text.allSatisfy(\.isNumber) ? Int(text) : nil
  }
}
