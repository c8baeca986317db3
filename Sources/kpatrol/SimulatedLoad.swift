import ArgumentParser
import SimulatedCluster

/// How much there is in a simulated cluster of the bulk scenario, and how much happens.
struct SimulatedLoad: ParsableArguments {
  private static let standard = BulkWorld()
  /// Each Node has addresses for its Pods, and there are only so many.
  private static let largest = 1_000_000

  @Option(help: "How many Nodes there are; \(standard.nodes) unless given.")
  var nodes: Int?

  @Option(
    help: "How many Pods there are, with the workloads that they belong to; \(standard.pods)."
  )
  var pods: Int?

  @Option(help: "How many kinds are served, the \(BulkWorld.builtInKinds) built-in ones included.")
  var kinds: Int?

  @Option(help: "How many changes happen a second: heartbeats, restarts, rollouts.")
  var churn: Double?

  var isGiven: Bool { nodes != nil || pods != nil || kinds != nil || churn != nil }

  var isAboutPodsAlone: Bool { pods != nil && nodes == nil && kinds == nil && churn == nil }

  var world: BulkWorld {
    BulkWorld(
      pods: pods ?? Self.standard.pods,
      nodes: nodes ?? Self.standard.nodes,
      customKinds: (kinds ?? BulkWorld.builtInKinds) - BulkWorld.builtInKinds
    )
  }

  func validate() throws {
    guard (1...50_000).contains(nodes ?? 1) else {
      throw ValidationError("--nodes must be 1 to 50000.")
    }
    guard (0...Self.largest).contains(pods ?? 0) else {
      throw ValidationError("--pods must be 0 to \(Self.largest).")
    }
    guard (BulkWorld.builtInKinds...1_000).contains(kinds ?? BulkWorld.builtInKinds) else {
      throw ValidationError("--kinds must be \(BulkWorld.builtInKinds) to 1000.")
    }
    guard (0...100_000).contains(churn ?? 0) else {
      throw ValidationError("--churn must be 0 to 100000.")
    }
  }
}
