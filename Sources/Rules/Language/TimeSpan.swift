import CEL

/// A time in which a condition holds, in milliseconds since 1970.
struct TimeSpan: Equatable {
  /// `nil` where it always held.
  var beginning: Int64?
  /// When it holds no longer; `nil` where time alone does not end it.
  var end: Int64?

  static let always = TimeSpan()

  /// An object that names more times than this is none that anybody wrote.
  private static let limit = 64

  /// When `condition` holds, which is evaluated once for each time between two at which it may turn.
  ///
  /// What one evaluation does not come to, as the second part of an `&&` whose first is false, another does.
  static func spans(
    where condition: (ClockReading) throws(CELError) -> Bool
  ) throws(CELError) -> [TimeSpan] {
    var outcomes: [Int64: Bool] = [:]
    var open: Set<Int64> = [.min]
    while let moment = open.popFirst() {
      guard outcomes.count < limit else { throw CELError(.tooLarge("the list of times")) }
      let clock = ClockReading(at: moment)
      outcomes[moment] = try condition(clock)
      open.formUnion(clock.turns.filter { outcomes[$0] == nil })
    }
    var spans: [TimeSpan] = []
    var isOpen = false
    for (moment, holds) in outcomes.sorted(by: { $0.key < $1.key }) where holds != isOpen {
      isOpen = holds
      if holds {
        spans.append(TimeSpan(beginning: moment == .min ? nil : moment))
      } else {
        spans[spans.count - 1].end = moment
      }
    }
    return spans
  }

  /// The part of it from a time on; `nil` where there is none.
  func from(_ time: Int64?) -> TimeSpan? {
    guard let time else { return self }
    if let end, end <= time { return nil }
    return TimeSpan(beginning: max(beginning ?? time, time), end: end)
  }
}
