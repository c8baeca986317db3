import ClusterGraph
import Inspection
package import KubernetesObjects
package import Rules

/// The rules that are in force in one cluster.
struct RulesInForce: Sendable {
  var set = RuleSet()
  /// What files hold, and what is wrong with those that cannot be read as they are now.
  var ofFiles = RuleSet()
  var faultsOfFiles: [RuleFault] = []
  /// What is wrong with packs that are not in force, or not as they are now.
  var faults: [RuleFault] = []
  /// What is to be in force once all that its rules read is kept, and the streams that have to be listed for
  /// that: on objects as they were kept before, the rules would fail.
  var next: RuleSet?
  var awaited: Set<ResourceStream.ID> = []
  var budget = RuleBudget()
}

extension ClusterMonitor {
  /// Puts packs in force in place of those that are; findings of rules that stay keep their times.
  package func setRules(_ new: RuleSet, faults: [RuleFault]) {
    rules.ofFiles = new
    rules.faultsOfFiles = faults
    putRulesInForce()
  }

  /// Takes in what files and ConfigMaps hold now; of two packs of one name, that of a file counts.
  func putRulesInForce() {
    let (new, clashes) = rules.ofFiles.adding(livePacks.packs)
    rules.faults = rules.faultsOfFiles + livePacks.faults + clashes
    // Both what is in force and what is to be read their fields until they change places.
    var known = withRemoteChecks(rules.set.extensions)
    for (kind, more) in new.extensions {
      known[kind, default: KindExtension()].formUnion(more)
    }
    for (id, stream) in streams where stream.isSynced {
      guard known[id.kind]?.projection != extensions[id.kind]?.projection else { continue }
      if known[id.kind] != nil { rules.awaited.insert(id) }
    }
    rules.next = new
    if !rules.awaited.isEmpty { setExtensions(known) }
    exchangeRules()
    noteRuleFaults()
  }

  /// Notes that a stream was listed: all that is to be kept of its objects is there.
  func noteListForRules(of id: ResourceStream.ID) {
    guard rules.awaited.remove(id) != nil else { return }
    exchangeRules()
  }

  /// Puts what is to be in force in place of what is, if nothing has to be awaited for that.
  private func exchangeRules() {
    guard rules.awaited.isEmpty, let next = rules.next.take() else { return }
    // Each cluster measures for itself.
    let (old, new) = (rules.set, next.measuredApart(keeping: rules.set))
    rules.set = new
    setExtensions(withRemoteChecks(new.extensions))
    let changed = new.difference(from: old)
    guard !changed.isEmpty else { return }
    options.checks = options.checks.filter { !($0 is any PackCheck) } + new.checks
    checksByNeed = Self.checksByNeed(options)
    digest.replaceChecks(by: options.checks)
    let changedIDs = Set(changed.map(\.id))
    inspector.replaceChecks(by: options.checks) { !changedIDs.contains($0) }
    update { graph, touched in
      for kind in Set(changed.flatMap(\.subjectKinds)) {
        graph.touchObjects(of: kind, touching: &touched)
      }
    }
  }

  /// Switches off rules that fail too often or take too long, and tells of them; `taken` is how long checks
  /// have run, where that is not what was measured.
  func judgeRules(taken: [CheckID: Duration]? = nil) {
    // Nobody waits for ever for a stream that is gone or broken.
    rules.awaited = rules.awaited.filter { streams[$0].map { $0.doubt == nil } ?? false }
    exchangeRules()
    guard !rules.set.packs.isEmpty else { return }
    let all = rules.set.packs.flatMap(\.rules)
    for rule in all { rule.judge(in: graph) }
    let excess = rules.budget.excess(at: clock.now()) {
      taken ?? inspector.costs.mapValues(\.duration)
    }
    for rule in all {
      guard let duration = excess[rule.id] else { continue }
      rule.meter.switchOff(because: "it took \(duration.milliseconds / 1000) s of a minute")
    }
    noteRuleFaults()
  }

  private func noteRuleFaults() {
    let off = rules.set.packs.flatMap(\.rules).compactMap { rule in
      rule.meter.reading.reasonToBeOff.map {
        RuleFault(
          rule.id.description,
          "The rule is switched off until its pack is changed: \($0)"
        )
      }
    }
    let faults = (rules.faults + off).sorted { $0.name < $1.name }
    let known = (graph.record(ClusterRecord.key) as? ClusterRecord)?.ruleFaults ?? []
    guard faults != known else { return }
    let switchedOff = off.filter { !known.contains($0) }.map(\.name)
    let kinds = rules.set.packs.flatMap(\.rules)
      .filter { switchedOff.contains($0.id.description) }.flatMap(\.subjectKinds)
    noteServer { $0.ruleFaults = faults }
    // What it found before is not found any more.
    update { graph, touched in
      for kind in Set(kinds) { graph.touchObjects(of: kind, touching: &touched) }
    }
  }
}
