import TestServers
import Testing

@testable import KubernetesClient

@Suite(.fewAtOnce) struct ExpectedSilenceTests {
  @Test func aServerWithoutBookmarksMayBeSilentUntilItEndsTheWatch() {
    #expect(ExpectedSilence().limit(within: .seconds(500)) == .seconds(510))
  }

  @Test func aServerThatSendsBookmarksIsExpectedToSendOneAMinute() {
    var silence = ExpectedSilence()
    let isNews = (silence.noteBookmark(), silence.noteBookmark())
    #expect(isNews == (true, false))
    #expect(silence.limit(within: .seconds(500)) == .seconds(71))
    #expect(silence.limit(within: .seconds(30)) == .seconds(40))
  }

  @Test func moreSilenceIsExpectedOfAKindThatWasSilentOverALiveConnection() {
    var silence = ExpectedSilence(hasSeenBookmark: true)
    silence.noteSilence()
    #expect(silence.limit(within: .seconds(500)) == .seconds(132))
    for _ in 1...50 { silence.noteSilence() }
    #expect(silence.limit(within: .seconds(500)) == .seconds(510))
  }
}
