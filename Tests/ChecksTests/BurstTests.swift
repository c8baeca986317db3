import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Checks

@Suite struct BurstTests {
  private func moments(_ minutes: Int...) -> [Timestamp] {
    minutes.map { .noon + .seconds($0 * 60) }
  }

  @Test func manyInAShortTimeAreABurst() throws {
    let burst = try #require(
      Burst(moments(0, 20, 25, 28, 29), atLeast: 3, within: .seconds(600))
    )
    #expect(burst.count == 4)
    #expect(burst.last == .noon + .seconds(29 * 60))
    // Then only two are less than ten minutes old.
    #expect(burst.end == .noon + .seconds(35 * 60))
  }

  @Test func fewOrSlowOnesAreNone() {
    #expect(Burst(moments(0, 1), atLeast: 3, within: .seconds(600)) == nil)
    #expect(Burst(moments(0, 6, 12), atLeast: 3, within: .seconds(600)) == nil)
    #expect(Burst([], atLeast: 0, within: .seconds(600)) == nil)
  }
}
