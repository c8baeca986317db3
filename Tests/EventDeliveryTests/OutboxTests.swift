import CloudEvents
import Foundation
import Inspection
import KubernetesObjects
import TestServers
import Testing
import WireFormats

@testable import EventDelivery

/// What is told is the difference between what was told and what there is.
@Suite struct OutboxTests {
  private let outbox = Outbox(folder: nil)

  @Test func whatIsThereIsToldOnceAndThatItIsOverOnce() async throws {
    _ = try await outbox.write([Sample.there(), Sample.there(), Sample.over(), Sample.over()])
    #expect(try await outbox.waiting == ["raised pod-1", "resolved pod-1"])
    #expect(try await outbox.write([Sample.over(2)]).isEmpty)
    #expect(try await outbox.waiting.count == 2, "What was never told is not told to be over.")
  }

  @Test func whatChangesIsToldAsItIsNowAndDoesNotPileUp() async throws {
    _ = try await outbox.write([Sample.there(1, "a"), Sample.there(1, "b"), Sample.there(1, "c")])
    #expect(try await outbox.waiting == ["raised pod-1", "changed pod-1"])
    let last = try #require(try await outbox.next(worker: 0, of: 1, limit: 9).last)
    #expect(last.event.json["data"]?["message"] == "c")
    // One that is sent while it is replaced has not told the newest.
    _ = try await outbox.write([Sample.there(1, "d")])
    try await outbox.remove([last])
    #expect(try await outbox.waiting == ["raised pod-1", "changed pod-1"])
    try await outbox.empty()
    let size = try await outbox.size()
    #expect(size == Outbox.Size())
  }

  @Test func aFindingThatBeganAtAnotherTimeIsTheSame() async throws {
    _ = try await outbox.write([
      Sample.there(), Sample.there(1, since: Sample.noon + .seconds(5)),
    ])
    #expect(try await outbox.waiting == ["raised pod-1"])
  }

  @Test func whatComesBackIsToldAnewUnderAnotherID() async throws {
    _ = try await outbox.write([Sample.there(), Sample.over(), Sample.there(), Sample.over()])
    let ids = try await outbox.ids
    #expect(ids.count == 4 && Set(ids).count == 4)
  }

  @Test func whoeverTellsTheSameUsesTheSameID() async throws {
    let other = Outbox(folder: nil)
    _ = try await outbox.write([Sample.there(1, "a"), Sample.there(1, "b"), Sample.over()])
    _ = try await other.write([Sample.there(1, "a"), Sample.there(1, "b"), Sample.over()])
    #expect(try await outbox.ids == other.ids)
  }

  @Test func aFirstLookEndsWhatItDidNotFind() async throws {
    _ = try await outbox.write([Sample.there(1), Sample.there(2), Sample.there(3)])
    try await outbox.empty()
    _ = try await outbox.write([Sample.looked(2, checks: ["stuck/other"])])
    #expect(try await outbox.waiting.isEmpty, "The check saw nothing.")
    _ = try await outbox.write([Sample.looked(2)])
    #expect(try await outbox.waiting.sorted() == ["resolved pod-1", "resolved pod-3"])
    let event = try #require(try await outbox.next(worker: 0, of: 1, limit: 1).first?.event)
    #expect(event.json["data"]?["message"] == "It is stuck", "It says what is over.")
  }

  @Test func whatOthersTellOfIsNotEndedHere() async throws {
    _ = try await outbox.write([Sample.there(1), .elsewhere(Sample.finding(1).id)])
    try await outbox.empty()
    _ = try await outbox.write([Sample.looked(), Sample.over(1)])
    #expect(try await outbox.waiting.isEmpty)
    // Where it is here again it is told again, under the id of the first time.
    _ = try await outbox.write([Sample.there(1)])
    #expect(try await outbox.waiting == ["raised pod-1"])
  }

  @Test func anotherProgramGoesOnWhereOneWasKilled() async throws {
    let folder = try TemporaryFolder()
    _ = try await Outbox(folder: folder.path).write([Sample.there(1), Sample.there(2)])
    let next = Outbox(folder: folder.path)
    try await next.empty()
    _ = try await next.write([
      Sample.there(1), Sample.there(2), Sample.there(3), Sample.looked(1, 3),
    ])
    #expect(try await next.waiting == ["raised pod-3", "resolved pod-2"])
    let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/outbox.sqlite")
    #expect(mode[.posixPermissions] as? Int == 0o600)
  }

  @Test func eventsAboutOneThingAreOneWorkers() async throws {
    _ = try await outbox.write((1...40).map { Sample.there($0) } + (1...40).map { Sample.over($0) })
    var seen: Set<String> = []
    for worker in 0..<4 {
      let about = try await outbox.next(worker: worker, of: 4, limit: 1_000).map(\.about)
      #expect(!about.isEmpty && seen.isDisjoint(with: about))
      seen.formUnion(about)
    }
    #expect(seen.count == 40)
  }

  @Test func aDamagedFileIsSetAside() async throws {
    let folder = try TemporaryFolder()
    _ = try await Outbox(folder: folder.path).write([Sample.there()])
    try folder.write("outbox.sqlite", String(repeating: "no database ", count: 1_000))
    let said = Shared<[String]>([])
    let outbox = Outbox(
      folder: folder.path,
      say: { sentence in said.change { $0.append(sentence) } }
    )
    _ = try await outbox.write([Sample.there()])
    #expect(try await outbox.waiting == ["raised pod-1"])
    #expect(said.value.count == 1 && said.value[0].contains("is damaged"))
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/outbox.sqlite.damaged"))
  }
}

/// An outbox that is full does not lie.
@Suite struct FullOutboxTests {
  private let outbox = Outbox(folder: nil, limits: OutboxLimits(events: 2))
  private static let raised = "io.kpatrol.finding.raised"
  private static let resolved = "io.kpatrol.finding.resolved"

  @Test func whatFindsNoRoomIsCountedAndToldOnceThereIsSome() async throws {
    let dropped = try await outbox.write((1...4).map { Sample.there($0) })
    #expect(dropped == [Self.raised: 2])
    #expect(try await outbox.waiting == ["raised pod-1", "raised pod-2"])
    try await outbox.empty()
    #expect(try await outbox.write((1...4).map { Sample.there($0) }).isEmpty)
    #expect(try await outbox.waiting == ["raised pod-3", "raised pod-4"])
  }

  @Test func thatSomethingIsOverIsToldLater() async throws {
    _ = try await outbox.write([Sample.there(1), Sample.there(2)])
    #expect(try await outbox.write([Sample.over(1)]) == [Self.resolved: 1])
    // It is counted once, however often it is said.
    #expect(try await outbox.write([Sample.looked(2)]).isEmpty)
    try await outbox.empty()
    try await outbox.writeUntold()
    #expect(try await outbox.waiting == ["resolved pod-1"])
  }

  @Test func whatCameBackBeforeItsEndCouldBeToldStandsAsItStood() async throws {
    _ = try await outbox.write([Sample.there(1), Sample.there(2), Sample.over(1)])
    #expect(try await outbox.write([Sample.there(1)]).isEmpty)
    try await outbox.empty()
    try await outbox.writeUntold()
    #expect(try await outbox.waiting.isEmpty, "It was told that it is there, and it is.")
    _ = try await outbox.write([Sample.over(1)])
    #expect(try await outbox.waiting == ["resolved pod-1"])
  }

  @Test func whatCameAndWentUntoldIsNotTold() async throws {
    _ = try await outbox.write([Sample.there(1), Sample.there(2), Sample.there(3), Sample.over(3)])
    try await outbox.empty()
    try await outbox.writeUntold()
    #expect(try await outbox.waiting.isEmpty)
  }

  @Test func aLargeEventFindsNoRoomEither() async throws {
    let small = Outbox(folder: nil, limits: OutboxLimits(bytes: 1_000))
    let long = String(repeating: "x", count: 2_000)
    #expect(try await small.write([Sample.there(1, long)]) == [Self.raised: 1])
    #expect(try await small.write([Sample.there(1, "short")]).isEmpty)
  }

  @Test func typesThatNobodyWantsAreNotTold() async throws {
    let outbox = Outbox(folder: nil, tells: { $0.hasSuffix("raised") })
    _ = try await outbox.write([Sample.there(1, "a"), Sample.there(1, "b"), Sample.over(1)])
    #expect(try await outbox.waiting == ["raised pod-1"])
  }
}
