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
    #expect(journal.secrets == .omitted && journal.secretsKey == nil)
  }

  @Test func theKeyOfSecretsIsSeenFromTheFile() throws {
    let text = "journal: { secrets: encrypted, secretsKey: keys/j }"
    let value = try YAMLValue(parsing: text, path: "/etc/kpatrol/config.yaml")
    let journal = SettingsReader(value, checks: []).settings.journal
    #expect(journal.secrets == .encrypted && journal.secretsKey == "/etc/kpatrol/keys/j")
  }

  @Test(
    "What cannot be kept to is told",
    arguments: [
      ("{ keepFor: 59m }", "it is shorter than 1h"),
      ("{ keepFor: 366d }", "it is longer than 365d"),
      ("{ maxMegabytes: 0 }", #""0" is not a whole number from 1 on; write 256"#),
      ("{ maxMegabytes: 1.5 }", #""1.5" is not a whole number from 1 on; write 256"#),
      ("{ secrets: plain }", #""plain" is not omitted or encrypted"#),
      (
        "{ keep: 1d }", "there is no such key; there are keepFor, maxMegabytes, secrets, secretsKey"
      ),
    ]
  )
  func mistake(text: String, reason: String) throws {
    #expect(try reader("journal: \(text)").mistakes.map(\.reason) == [reason])
  }
}
