import Foundation
import SimulatedCluster
import TestServers
import Testing

@testable import Monitoring

/// Ten thousand changes of five kinds while everything fails at random, fifty times over.
///
/// `KPATROL_SEED=7 make test FILTER=StormTests` runs one seed alone, `KPATROL_SEED=1-500` so many. What is
/// left open is counted for the whole process, so nothing else may run in it.
@Suite(.serialized) struct StormTests {
  private static let seeds: [UInt64] = {
    let text = ProcessInfo.processInfo.environment["KPATROL_SEED"] ?? "1-50"
    let ends = text.split(separator: "-").compactMap { UInt64($0) }
    guard let first = ends.first, let last = ends.last, first <= last else { return [] }
    return Array(first...last)
  }()

  /// How many storms rage at once: each of them waits half of its time.
  private static let width = 3
  /// After so many storms the process has grown to what it needs.
  private static let warmUp = 20
  /// What the storms after them may add to it: 150 of them add 34 MiB, and one whose cluster is not
  /// freed leaves its 10,000 versions of objects behind.
  private static let allowedGrowth = 64 << 20

  @Test func theModelEndsEqualToTheTruthAndNothingIsLeftBehind() async throws {
    try #require(!Self.seeds.isEmpty, "KPATROL_SEED must be a number, or two as in 1-50.")
    var sum = StormReport()
    try await rage(Self.seeds.prefix(Self.warmUp), &sum)
    let handles = ProcessResources.openHandles()
    let memory = ProcessResources.residentBytes()
    try await rage(Self.seeds.dropFirst(Self.warmUp), &sum)
    guard Self.seeds.count > Self.warmUp else { return }
    let isClosed = await eventually { ProcessResources.openHandles() <= handles }
    #expect(isClosed, "\(ProcessResources.openHandles()) handles are open, \(handles) were before.")
    let growth = ProcessResources.residentBytes() - memory
    #expect(growth < Self.allowedGrowth, "The process grew by \(growth >> 20) MiB.")
    for fault in Fault.Kind.allCases {
      #expect(sum.strikes[fault, default: 0] > 0, "\(fault) never struck.")
    }
    for fault in StreamAccount.faultsOfWatches {
      #expect(sum.resumes[fault, default: 0] > 0, "No watch went on behind a \(fault).")
    }
    #expect(sum.relists > 0 && sum.creations > 0 && sum.updates > 0 && sum.deletions > 0)
    print("\(sum); memory \(growth >> 20) MiB more, \(handles) handles before and after.")
  }

  /// Runs the storms of some seeds, a few at a time.
  private func rage(_ seeds: ArraySlice<UInt64>, _ sum: inout StormReport) async throws {
    try await withThrowingTaskGroup(of: StormReport.self) { group in
      var coming = seeds.makeIterator()
      for _ in 0..<Self.width {
        if let seed = coming.next() { group.addTask { try await Storm.report(seed: seed) } }
      }
      for try await report in group {
        sum.add(report)
        if let seed = coming.next() { group.addTask { try await Storm.report(seed: seed) } }
      }
    }
  }
}
