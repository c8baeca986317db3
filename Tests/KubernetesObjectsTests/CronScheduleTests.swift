import KubernetesObjects
import ObjectBuilders
import Testing

@Suite struct CronScheduleTests {
  /// Monday, 2026-11-23, 12:00 UTC is noon.
  @Test(
    "The next run is the first that matches",
    arguments: [
      ("*/15 * * * *", "2026-11-23T12:15:00Z"), ("0 * * * *", "2026-11-23T13:00:00Z"),
      ("30 3 * * *", "2026-11-24T03:30:00Z"), ("0 0 1 * *", "2026-12-01T00:00:00Z"),
      ("0 12 * * SUN", "2026-11-29T12:00:00Z"), ("0 12 * jan-mar 1-5", "2027-01-01T12:00:00Z"),
      // Either of the days is enough where both are named.
      ("0 0 13 * 5", "2026-11-27T00:00:00Z"), ("0 0 29 2 *", "2028-02-29T00:00:00Z"),
      ("@hourly", "2026-11-23T13:00:00Z"), ("@every 1h30m", "2026-11-23T13:30:00Z"),
      ("TZ=UTC 5,10 12 * * ?", "2026-11-23T12:05:00Z"), ("3/20 * * * *", "2026-11-23T12:03:00Z"),
    ]
  )
  func next(text: String, expected: String) throws {
    let schedule = try #require(CronSchedule(text))
    #expect(schedule.next(after: .noon)?.rfc3339 == expected)
  }

  @Test(
    "What the controller cannot read is no schedule",
    arguments: [
      "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 7",
      "*/0 * * * *", "5-1 * * * *", "a * * * *", "@often", "@every", "@every 1", "1,,2 * * * *",
    ]
  )
  func refused(text: String) { #expect(CronSchedule(text) == nil) }

  @Test func aDayThatNeverComesHasNoRun() throws {
    #expect(try #require(CronSchedule("0 0 30 2 *")).next(after: .noon) == nil)
  }

  @Test func aRunTellsTheZoneOfItsController() throws {
    let schedule = try #require(CronSchedule("30 13 * * *"))
    #expect(schedule.offset(by: .noon - .seconds(1800)) == 120)
    #expect(schedule.offset(by: .noon - .seconds(1801)) == nil)
    #expect(try #require(CronSchedule("* * * * *")).offset(by: .noon) == 0)
    let next = schedule.next(after: .noon - .seconds(1800), offset: 120)
    #expect(next == .noon + .seconds(84_600))
  }

  @Test(
    "Schedules that Kubernetes follows",
    arguments: [
      "* * * * *", "*/5 * * * *", "0 3 * * MON-FRI", "0 0 1,15 jan-jun/2 ?", "5/15 8-18 * * *",
      "59 23 31 12 6", "@daily", "@every 1h30m", "TZ=Europe/Berlin 0 3 * * *", "@every 1.5h",
      "@every 500ms", "0 0 31 2 1",
      "0 0 29 2 *",
    ]
  )
  func good(schedule: String) {
    #expect(CronSchedule.problem(of: schedule) == nil)
  }

  @Test(
    "Schedules that it does not",
    arguments: [
      "": "it is empty",
      "* * * *": "it has 4 fields in place of 5",
      "60 * * * *": "\"60\" is no minute",
      "0 24 * * *": "\"24\" is no hour",
      "0 0 0 * *": "\"0\" is no day of month",
      "0 0 * foo *": "\"foo\" is no month",
      "0 0 * * 7": "\"7\" is no day of week",
      "*/0 * * * *": "\"*/0\" is no minute",
      "5-1 * * * *": "\"5-1\" is no minute",
      "1,, * * * *": "\"1,,\" is no minute",
      "0 0 30 2 *": "no month has such a day",
      "0 0 31 2,4,6 *": "no month has such a day",
      "@fortnightly": "\"@fortnightly\" is no schedule",
      "@every day": "\"@every day\" is no schedule",
    ]
  )
  func bad(schedule: String, problem: String) {
    #expect(CronSchedule.problem(of: schedule) == problem)
  }
}
