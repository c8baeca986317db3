import ArgumentParser
import Foundation
import Inspection
import KubernetesObjects
import Monitoring
import Rules
import Snapshots

/// Which files take the place of clusters.
struct SnapshotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look at a snapshot in place of a cluster: a file or folder of what kubectl get -o yaml, "
        + "kubectl cluster-info dump or a must-gather wrote. May be given several times.",
      valueName: "path"
    )
  )
  var snapshot: [String] = []

  @Option(
    help: ArgumentHelp(
      "When snapshots are looked at, as 2026-11-20T10:00:00Z; otherwise at the latest time that "
        + "they tell of.",
      valueName: "time"
    )
  )
  var at: String?

  @Flag(help: "What is not in the snapshots does not exist; otherwise it is not known.")
  var complete = false

  func validate() throws {
    guard at.map({ Timestamp(rfc3339: $0) != nil }) ?? true else {
      throw ValidationError("--at must be a time such as 2026-11-20T10:00:00Z.")
    }
    guard !snapshot.isEmpty || at == nil && !complete else {
      throw ValidationError("--at and --complete go with --snapshot.")
    }
  }

  /// The snapshots, with the fields of objects that rules read; tells on standard error what was left out.
  func sources(for rules: RuleSet, _ ownership: Ownership) throws -> [any ClusterSource] {
    do {
      return try snapshot.map { path in
        let snapshot = try Snapshot(
          at: path,
          keeping: rules.extensions,
          annotations: ownership.annotations
        )
        for problem in snapshot.problems {
          FileHandle.standardError.write(Data("kpatrol: left out: \(problem)\n".utf8))
        }
        let time = at.flatMap { Timestamp(rfc3339: $0) }
        return SnapshotSource(snapshot, isComplete: complete, at: time)
      }
    } catch {
      throw UsageFailure(error)
    }
  }
}
