extension CELLibrary {
  /// The parts of timestamps and durations.
  static let times = CELLibrary(
    overloads: parts.flatMap { name, part in
      [
        CELOverload.member(name) { (time: CELTimestamp, _) throws(CELError) -> Int64 in
          part(CivilTime(time.seconds))
        },
        .member(name) { (time: CELTimestamp, zone: String, _) throws(CELError) -> Int64 in
          part(try time.civilTime(zone: zone))
        },
      ]
    } + fractions + spans
  )

  private typealias Part = @Sendable (CivilTime) -> Int64

  private static let parts: [(String, Part)] = [
    ("getDate", { $0.day }),
    ("getDayOfMonth", { $0.day - 1 }),
    ("getDayOfWeek", { $0.dayOfWeek }),
    ("getDayOfYear", { $0.dayOfYear }),
    ("getFullYear", { $0.year }),
    ("getHours", { $0.hour }),
    ("getMinutes", { $0.minute }),
    ("getMonth", { $0.month - 1 }),
    ("getSeconds", { $0.second }),
  ]

  private static let fractions: [CELOverload] = [
    .member("getMilliseconds") { (time: CELTimestamp, _) throws(CELError) -> Int64 in
      Int64(time.nanoseconds) / 1_000_000
    },
    .member("getMilliseconds") { (time: CELTimestamp, zone: String, _) throws(CELError) -> Int64 in
      _ = try time.civilTime(zone: zone)
      return Int64(time.nanoseconds) / 1_000_000
    },
  ]

  private static let spans: [CELOverload] = [
    .member("getHours") { (span: CELDuration, _) throws(CELError) -> Int64 in
      span.nanoseconds / 3_600_000_000_000
    },
    .member("getMinutes") { (span: CELDuration, _) throws(CELError) -> Int64 in
      span.nanoseconds / 60_000_000_000
    },
    .member("getSeconds") { (span: CELDuration, _) throws(CELError) -> Int64 in
      span.nanoseconds / 1_000_000_000
    },
    // Unlike the others, only what is beyond whole seconds.
    .member("getMilliseconds") { (span: CELDuration, _) throws(CELError) -> Int64 in
      span.nanoseconds / 1_000_000 % 1000
    },
  ]
}
