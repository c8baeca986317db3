import Testing

@testable import KubernetesClient

@Suite struct ExpectedSilenceTests {
  @Test func aServerWithoutBookmarksMayBeSilentUntilItEndsTheWatch() {
    #expect(ExpectedSilence().expected(within: .seconds(500)) == .seconds(500))
  }

  @Test func aServerThatSendsBookmarksIsExpectedToSendOneAMinute() {
    var silence = ExpectedSilence()
    silence.noteBookmark()
    #expect(silence.expected(within: .seconds(500)) == .seconds(61))
    #expect(silence.expected(within: .seconds(30)) == .seconds(30))
  }
}
