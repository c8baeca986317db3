import KubernetesObjects
import TestServers
import Testing
import UserConfiguration

@testable import Inventories

/// What is believed of an inventory, and when it is asked again.
@Suite(.fewAtOnce) struct InventoryStateTests {
  private static let start = Timestamp(millisecondsSince1970: 0)
  private static let failure = InventoryError.refused(
    place: "cmdb",
    status: 503,
    retryAfterSeconds: nil
  )

  private var state = InventoryState(
    InventoryStatus(name: "cmdb", kind: .cmdb, place: "cmdb.csv"),
    interval: .seconds(300)
  )

  private mutating func read(
    _ count: Int,
    after seconds: Int = 0
  ) -> (update: InventoryUpdate, wait: Duration) {
    let reading = InventoryReading(
      content: InventoryContent("cmdb", .machines(MachineTable([]))),
      recordCount: count,
      problems: []
    )
    return state.take(
      .success((reading, ReadingMark(digest: count))),
      at: Self.start + .seconds(seconds)
    )
  }

  private mutating func fail(
    _ error: InventoryError = failure,
    after seconds: Int = 0
  ) -> (update: InventoryUpdate, wait: Duration) {
    state.take(.failure(error), at: Self.start + .seconds(seconds))
  }

  @Test mutating func whatIsReadIsBelieved() {
    let (update, wait) = read(100)
    #expect(update.content != nil && update.status.isKnown && update.status.isSettled)
    #expect(update.status.recordCount == 100 && wait == .seconds(300))
    let unchanged = state.take(.success(nil), at: Self.start + .seconds(300))
    #expect(unchanged.update.content == nil)
    #expect(unchanged.update.status.lastRead == Self.start + .seconds(300))
  }

  @Test mutating func aSuddenDropIsLookedAtTwice() {
    _ = read(100)
    let (doubted, wait) = read(79, after: 300)
    #expect(doubted.content == nil && doubted.status.recordCount == 100)
    #expect(doubted.status.isKnown && doubted.status.trouble?.contains("79 of 100") == true)
    #expect(wait == InventoryState.secondLook && state.mark == nil)
    let (confirmed, _) = read(78, after: 310)
    #expect(confirmed.content != nil && confirmed.status.recordCount == 78)
    #expect(confirmed.status.trouble == nil)
  }

  @Test mutating func aDropThatIsNotConfirmedWasNone() {
    _ = read(100)
    _ = read(0, after: 300)
    let (recovered, _) = read(100, after: 310)
    #expect(recovered.content != nil && recovered.status.trouble == nil)
    #expect(read(79, after: 600).update.content == nil, "The next drop is doubted again.")
  }

  @Test mutating func aSmallerDropIsOrdinary() {
    _ = read(100)
    #expect(read(80, after: 300).update.content != nil)
  }

  @Test mutating func whatFailsForLongIsUnknown() {
    _ = read(100)
    let (first, _) = fail(after: 300)
    #expect(first.status.isKnown && first.status.failingSince == Self.start + .seconds(300))
    #expect(fail(after: 419).update.status.isKnown)
    let (late, _) = fail(after: 420)
    #expect(!late.status.isKnown)
    #expect(
      late.status.notInspectedReason == "inventory cmdb cannot be read since 1970-01-01T00:05:00Z"
    )
    #expect(late.status.trouble == "cmdb answered with status 503")
    let (back, _) = read(100, after: 500)
    #expect(back.status.isKnown && back.status.failingSince == nil)
  }

  @Test mutating func whatWasNeverReadIsUnknownAtOnce() {
    #expect(state.status.notInspectedReason == "inventory cmdb is not read yet")
    let (first, _) = fail()
    #expect(!first.status.isKnown && !first.status.isSettled)
    #expect(fail(after: 5).update.status.isSettled, "Nobody waits for it any longer.")
  }

  @Test mutating func waitsGrow() {
    let waits = (0..<6).map { _ in fail().wait }
    #expect(waits == [5, 10, 20, 40, 60, 60].map { Duration.seconds($0) })
    let told = InventoryError.refused(place: "cmdb", status: 429, retryAfterSeconds: 90)
    #expect(fail(told).wait == .seconds(90))
  }
}
