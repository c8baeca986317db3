import Testing

@testable import Checks

@Suite struct ScheduleGrammarTests {
  @Test(
    "Schedules that Kubernetes follows",
    arguments: [
      "* * * * *", "*/5 * * * *", "0 3 * * MON-FRI", "0 0 1,15 jan-jun/2 ?", "5/15 8-18 * * *",
      "59 23 31 12 6", "@daily", "@every 1h30m", "TZ=Europe/Berlin 0 3 * * *", "0 0 31 2 1",
      "0 0 29 2 *",
    ]
  )
  func good(schedule: String) {
    #expect(ScheduleGrammar.problem(of: schedule) == nil)
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
    #expect(ScheduleGrammar.problem(of: schedule) == problem)
  }
}
