import Agent
import ArgumentParser
import KubernetesClient
import LeaderElection
import Logging
import Monitoring

/// Which part of the clusters' namespaces an agent covers, and how it agrees about that with others.
struct ShardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which part of the namespaces is this agent's own: 0/3, 1/3 and 2/3 are three agents'.",
      valueName: "i/n"
    )
  )
  var shard = "0/1"

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Agree with others by Leases in the first cluster, so that one covers a shard, and another takes over. "
        + "(default: in a Pod)"
    )
  )
  var lease: Bool?

  @Option(
    help: ArgumentHelp(
      "Where the Leases are. (default: the Pod's own namespace, or kpatrol)",
      valueName: "namespace"
    )
  )
  var leaseNamespace: String?

  @Option(help: ArgumentHelp("What the Leases' names begin with.", valueName: "name"))
  var leasePrefix = "kpatrol-shard"

  @Option(help: ArgumentHelp("How long a silent agent keeps its shard.", valueName: "seconds"))
  var leaseDuration = 15

  @Option(
    help: ArgumentHelp(
      "How long an agent that cannot renew its Lease goes on.",
      valueName: "seconds"
    )
  )
  var leaseRenewDeadline = 10

  @Option(help: ArgumentHelp("How often a Lease is renewed.", valueName: "seconds"))
  var leaseRetryPeriod = 2

  func validate() throws {
    guard Shard(shard) != nil else {
      throw ValidationError(
        "--shard \(shard) is none: it must be i/n, from 0/n to n-1/n, with n up to 64."
      )
    }
    if let mistake = timing.mistake {
      throw ValidationError(
        "--lease-duration, --lease-renew-deadline, --lease-retry-period: \(mistake)."
      )
    }
    guard leasePrefix.wholeMatch(of: /[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/) != nil else {
      throw ValidationError(
        "--lease-prefix must be a name of small letters, digits and hyphens: \(leasePrefix)"
      )
    }
    if let leaseNamespace,
      leaseNamespace.wholeMatch(of: /[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/) == nil
    {
      throw ValidationError("--lease-namespace must be the name of a namespace: \(leaseNamespace)")
    }
  }

  private var timing: ElectionTiming {
    var timing = ElectionTiming()
    timing.lease = .seconds(leaseDuration)
    timing.renewDeadline = .seconds(leaseRenewDeadline)
    timing.retry = .seconds(leaseRetryPeriod)
    return timing
  }

  /// Whether agents agree by Leases: those in Pods do, whose account may be allowed to.
  func usesLeases(_ connections: [ContextConnection]) -> Bool {
    lease ?? (connections.first?.isOwnCluster == true)
  }

  /// Who sees to it that the right shards are covered; `client` talks to the first cluster, and is `nil`
  /// where it cannot be talked to.
  ///
  /// In a Pod the first of the `connections` is to the agent's own cluster.
  func keeper(
    of fleet: Fleet,
    _ client: KubernetesClient?,
    _ connections: [ContextConnection],
    usesLeases: Bool,
    _ logger: Logger
  ) throws -> ShardKeeper {
    guard let shard = Shard(shard) else { throw UsageFailure("--shard \(shard) is none.") }
    guard usesLeases else { return ShardKeeper(fleet, shard, leases: nil, logger: logger) }
    guard let client else {
      throw UsageFailure("The Leases are in the first cluster, whose context cannot be used.")
    }
    // Only in a Pod is the context's namespace the agent's own.
    let own = connections.first?.isOwnCluster == true ? client.connection.namespace : nil
    return ShardKeeper(
      fleet,
      shard,
      leases: ShardLeases(
        client,
        namespace: leaseNamespace ?? own ?? "kpatrol",
        prefix: leasePrefix,
        timing
      ),
      logger: logger
    )
  }
}
