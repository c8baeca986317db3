/// What an agent measures of the shards that it holds.
struct ShardMetrics: Sendable {
  let count: Int
  /// How often it came to hold a shard.
  var transitions = 0
  /// How often a Lease could not be looked at, or written.
  var failures = 0

  func families(held: Set<Int>) -> [MetricFamily] {
    var holding = MetricFamily("kpatrol_shard_held", .gauge, "Whether the agent covers a shard.")
    for shard in 0..<count { holding.add(held.contains(shard) ? 1 : 0, ("shard", String(shard))) }
    var transitions = MetricFamily(
      "kpatrol_lease_transitions",
      .counter,
      "Shards that the agent came to hold."
    )
    transitions.add(Double(self.transitions))
    var failures = MetricFamily(
      "kpatrol_lease_failures",
      .counter,
      "Requests about Leases that failed."
    )
    failures.add(Double(self.failures))
    return [holding, transitions, failures]
  }
}
