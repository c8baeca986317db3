package import Journal
package import KubernetesObjects

/// What the journal tells of heals: those of terminals that write the same journal, as an agent heals nothing.
package struct HealMetrics: AgentService {
  private let journal: JournalStore
  private let start: Timestamp

  /// Counts what ends from now on.
  package init(_ journal: JournalStore, since start: Timestamp) {
    self.journal = journal
    self.start = start
  }

  package func run() async {}

  package func metricFamilies() async -> [MetricFamily] {
    var family = MetricFamily(
      "kpatrol_heals",
      .counter,
      "Heals that ended, by remedy and outcome, of all programs that write this journal."
    )
    // A journal that cannot be read is told by the log.
    for heal in (try? await journal.healCounts(since: start)) ?? [] {
      family.add(Double(heal.count), ("remedy", heal.remedy), ("outcome", heal.outcome))
    }
    return [family]
  }
}
