import Testing
import YAMLReading

@testable import UserConfiguration

@Suite struct JournalSettingsTests {
  private func reader(_ text: String) throws -> SettingsReader {
    SettingsReader(try YAMLValue(parsing: text, path: "config.yaml"), checks: [])
  }

  @Test func whatIsNotWrittenStaysAsItIs() throws {
    let journal = try reader("journal: { keepFor: 30d }").settings.journal
    #expect(journal.keepFor == .seconds(30 * 86_400))
    #expect(journal.maxMegabytes == 256)
  }

  @Test(
    "What cannot be kept to is told",
    arguments: [
      ("{ keepFor: 59m }", "it is shorter than 1h"),
      ("{ keepFor: 366d }", "it is longer than 365d"),
      ("{ maxMegabytes: 0 }", #""0" is not a whole number from 1 on; write 256"#),
      ("{ maxMegabytes: 1.5 }", #""1.5" is not a whole number from 1 on; write 256"#),
      ("{ keep: 1d }", "there is no such key; there are keepFor, maxMegabytes"),
    ]
  )
  func mistake(text: String, reason: String) throws {
    #expect(try reader("journal: \(text)").mistakes.map(\.reason) == [reason])
  }
}
