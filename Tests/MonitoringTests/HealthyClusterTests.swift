import Checks
import Inspection
import Testing

/// A large cluster in which life goes on and nothing is wrong.
///
/// The cluster and the inspector have one clock, which goes by seconds, so that every settle window
/// has its full length.
@Suite struct HealthyClusterTests {
  /// Shorter than anything that must not take long; each controller acts once in it.
  private static let step = Duration.seconds(15)
  /// Eleven minutes: longer than any window within which rollouts and restarts have to be over.
  private static let steps = 44

  @Test(.timeLimit(.minutes(30)))
  func fiveThousandPodsWithRolloutsAndNodeRestartsGiveNoFinding() async throws {
    var patrol = try await SimulatedPatrol(shops: 104, checks: Catalogue.checks)
    #expect(patrol.podCount >= 5_000)
    for _ in 0..<Self.steps { try await patrol.pass(Self.step) }
    #expect(patrol.raised.filter { $0.severity < .info }.map(\.message) == [])
    // It is no still life, and the checks look at it.
    #expect(patrol.rollouts > 300)
    #expect(patrol.nodeRestarts > 100)
    #expect(patrol.suspectsSeen.contains("unhealthy/node-not-ready"))
    #expect(patrol.suspectsSeen.contains("stuck/creating"))
  }

  /// A scan judges by what objects tell of their times, at whichever moment it looks.
  @Test(.timeLimit(.minutes(30)))
  func noScanGivesAFindingEither() async throws {
    var patrol = try await SimulatedPatrol(shops: 8, checks: Catalogue.checks)
    var found: Set<String> = []
    for _ in 0..<Self.steps {
      try await patrol.pass(Self.step)
      for finding in patrol.scan() where finding.severity < .info {
        found.insert("\(finding.check): \(finding.message)")
      }
    }
    #expect(found.sorted() == [])
    #expect(patrol.rollouts > 20)
    #expect(patrol.nodeRestarts > 5)
  }
}
