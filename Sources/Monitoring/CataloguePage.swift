package import Inspection
package import KubernetesObjects
package import RemoteChecks
import Rules

/// The checks in the order of their ids, and how each is doing.
package struct CataloguePage: Sendable, Equatable {
  /// How a check is doing in one cluster.
  package struct Share: Sendable, Equatable {
    package let cluster: String
    /// How many findings there are that are not muted.
    package var findings = 0
    package var muted = 0
    /// How many conditions hold that have not lasted long enough.
    package var suspects = 0
    package var cost = CheckCost()
    /// What else is known of a pack's rule.
    package var rule: RuleUse?
    /// How the service stands that answers, of a remote check.
    package var remote: RemoteCheckStatus?
    /// What it needs, or is about, and cannot see, or not everywhere.
    package var notInspected: [ClusterStatus.NotInspected] = []
    /// Kinds without which it still says something, of others that it is about.
    package var dispensable: Set<ObjectKind> = []

    package init(cluster: String) { self.cluster = cluster }

    /// Whether it can say nothing, since it sees none of a kind that it needs.
    package var isBlind: Bool {
      notInspected.contains { $0.onlyNamespaces.isEmpty && !dispensable.contains($0.kind) }
    }
  }

  /// What a rule's expressions have taken, and whether they fail.
  package struct RuleUse: Sendable, Equatable {
    /// What an evaluation costs, as CEL counts it.
    package var meanCost: UInt64 = 0
    /// How often it failed, and why it last did.
    package var errors = 0
    package var lastError: String?
    package var reasonToBeOff: String?

    package init() {}
  }

  /// A check, and how it is doing in the clusters that were asked for.
  package struct Row: Sendable {
    package let check: any Check
    /// How long its condition must hold, as things are.
    package let window: Duration
    /// Where its pack was read from; `nil` for a check of KPatrol's own.
    package var source: String?
    package var shares: [Share] = []

    package init(_ check: any Check, window: Duration) {
      self.check = check
      self.window = window
    }

    package var id: CheckID { check.id }
    package var findings: Int { shares.reduce(0) { $0 + $1.findings } }
    package var muted: Int { shares.reduce(0) { $0 + $1.muted } }
    /// The pack whose rule it is; empty for a check of KPatrol's own.
    package var pack: String { (check as? any PackCheck)?.pack ?? "" }
    /// How often it failed.
    package var errors: Int { shares.reduce(0) { $0 + ($1.rule?.errors ?? 0) } }
    /// What an evaluation costs, as CEL counts it, where most; `nil` for what is no rule.
    package var meanCost: UInt64? { shares.compactMap(\.rule?.meanCost).max() }
    package var suspects: Int { shares.reduce(0) { $0 + $1.suspects } }

    package var cost: CheckCost {
      var cost = CheckCost()
      for share in shares { cost.add(share.cost) }
      return cost
    }
  }

  package var rows: [Row] = []
  /// What the user changed of the checks.
  package var settings = CheckSettings()

  package init() {}

  /// How long all checks have run together.
  package var duration: Duration { rows.reduce(.zero) { $0 + $1.cost.duration } }
}

extension CataloguePage.Row: Equatable {
  /// A check of KPatrol's own never changes while it is run, but rules do.
  package static func == (left: Self, right: Self) -> Bool {
    (left.id, left.window, left.source) == (right.id, right.window, right.source)
      && left.shares == right.shares && left.check.title == right.check.title
      && left.check.severity == right.check.severity
      && left.check.explanation == right.check.explanation
  }
}

extension Fleet {
  /// How the checks are doing in all clusters together, or in one, as of their last inspections.
  package nonisolated func catalogue(ofCluster cluster: String?) async -> CataloguePage {
    var page = CataloguePage()
    var rows: [CheckID: CataloguePage.Row] = [:]
    for monitor in monitors(of: cluster) {
      let (options, shares) = await monitor.checkShares()
      let packs = await monitor.rules.set.packs.map { ($0.name, $0.path) }
      let sources = Dictionary(packs, uniquingKeysWith: { first, _ in first })
      page.settings = options.checkSettings
      for (check, share) in zip(options.checks, shares) {
        var row = CataloguePage.Row(check, window: options.window(of: check))
        row.source = sources[row.pack]
        rows[check.id, default: row].shares.append(share)
      }
    }
    page.rows = rows.values.sorted { $0.id < $1.id }
    return page
  }
}

extension CataloguePage.RuleUse {
  fileprivate init(_ reading: RuleMeter.Reading) {
    meanCost = reading.runs == 0 ? 0 : reading.cost / UInt64(reading.runs)
    (errors, lastError) = (reading.errors, reading.lastError)
    reasonToBeOff = reading.reasonToBeOff
  }
}

extension MonitorOptions {
  /// How long the condition of a check must hold that does not tell since when it does.
  fileprivate func window(of check: any Check) -> Duration {
    let window = checkSettings.settles(check)
    return switch settlePolicy {
    case .declared: window
    case .atMost(let limit), .watch(let limit): min(window, limit)
    }
  }
}

extension ClusterMonitor {
  /// How each of the checks is doing, in the order of the options.
  fileprivate func checkShares() -> (MonitorOptions, [CataloguePage.Share]) {
    var notInspected: [CheckID: [ClusterStatus.NotInspected]] = [:]
    for missing in self.notInspected() {
      for check in missing.checks { notInspected[check, default: []].append(missing) }
    }
    let (costs, suspects, counts) = (inspector.costs, inspector.suspectCounts, digest.countsByCheck)
    let shares = options.checks.map { check in
      var share = CataloguePage.Share(cluster: name)
      (share.findings, share.muted) = counts[check.id] ?? (0, 0)
      share.suspects = suspects[check.id] ?? 0
      share.cost = costs[check.id] ?? CheckCost()
      share.rule = (check as? RuleCheck).map { CataloguePage.RuleUse($0.meter.reading) }
      share.remote = remoteStatus(of: check)
      share.notInspected = notInspected[check.id] ?? []
      let unseen = share.notInspected.lazy.filter(\.onlyNamespaces.isEmpty).map(\.kind)
      let subjects = check.subjectKinds.subtracting(check.needs)
      if !subjects.isSubset(of: unseen) { share.dispensable = subjects }
      return share
    }
    return (options, shares)
  }
}
