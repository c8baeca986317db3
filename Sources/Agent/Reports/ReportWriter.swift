import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
package import Logging
package import Monitoring
package import UserConfiguration
import WireFormats

/// Writes an agent's findings into the clusters as reports, and deletes those that have become empty: the
/// only objects that an agent changes besides its Leases.
package actor ReportWriter: AgentService {
  /// Who manages the fields of reports.
  static let fieldManager = "kpatrol-agent"
  /// Reports that somebody changed or deleted by hand are mended so often.
  static let reviewInterval = Duration.seconds(600)
  /// How often it is looked whether a cluster is inspected by now, or serves reports.
  private static let patience = Duration.seconds(5)

  private let fleet: Fleet
  private let ledger: FindingLedger
  private let stores: [any ReportStore]
  private let clock: WallClock
  private let logger: Logger
  private var desks: [String: ReportDesk] = [:]
  private var known: FindingVersion?
  /// When each cluster's reports were listed last.
  private var reviewed: [String: Timestamp] = [:]
  private var written = 0
  private var failed = 0
  /// What of each cluster was covered when reports were written last.
  private var covered: [String: Coverage] = [:]
  /// The troubles that were told, by cluster.
  private var troubles: [String: String] = [:]

  package init(
    _ settings: ReportSettings,
    _ fleet: Fleet,
    _ ledger: FindingLedger,
    into stores: [any ReportStore],
    clock: WallClock = .system,
    logger: Logger
  ) {
    self.fleet = fleet
    self.ledger = ledger
    self.stores = stores.filter { settings.concerns($0.name) }
    self.clock = clock
    self.logger = logger
    guard let format = settings.format else { return }
    for store in self.stores { desks[store.name] = ReportDesk(format, settings) }
  }

  package func run() async {
    guard !desks.isEmpty else { return }
    let news = await ledger.news(atLeastEvery: Self.patience)
    for await _ in news {
      await turn()
      if Task.isCancelled { return }
    }
  }

  /// Takes in what became of findings, and does what follows from that.
  func turn() async {
    // Before the changes, so that what others tell of now is known to be theirs.
    let coverages = await coverages()
    note(coverages)
    await takeChanges()
    await takeEndings()
    for store in stores where !Task.isCancelled { await work(in: store, coverages[store.name]) }
  }

  /// What of the clusters is covered, of those of which the ledger has all findings of that by now: what is not
  /// found in others may be there all the same.
  private func coverages() async -> [String: Coverage] {
    let taken = await ledger.coverages
    return await fleet.coverages().filter { taken[$0.key] == $0.value }
  }

  package func metricFamilies() async -> [MetricFamily] {
    guard !desks.isEmpty else { return [] }
    var reports = MetricFamily("kpatrol_reports", .gauge, "Reports that are written, by cluster.")
    var stale = MetricFamily("kpatrol_reports_stale", .gauge, "Reports that are to be written.")
    var leftOut = MetricFamily(
      "kpatrol_reports_left_out",
      .gauge,
      "Findings for which there is no room in their reports."
    )
    for (name, desk) in desks.sorted(by: { $0.key < $1.key }) {
      reports.add(Double(desk.writtenCount), ("cluster", name))
      stale.add(Double(desk.staleCount), ("cluster", name))
      leftOut.add(Double(desk.leftOut.values.reduce(0, +)), ("cluster", name))
    }
    var writes = MetricFamily("kpatrol_report_writes", .counter, "Reports written or deleted.")
    writes.add(Double(written), ("outcome", "done"))
    writes.add(Double(failed), ("outcome", "failed"))
    return [reports, stale, leftOut, writes]
  }

  // MARK: What is known

  private func takeChanges() async {
    if let known, let changes = try? await ledger.changes(since: known) {
      for change in changes {
        guard let finding = (change.new ?? change.old)?.finding else { continue }
        note(finding, change.new)
      }
      self.known = changes.last?.version ?? known
      return
    }
    let (entries, version) = await ledger.findings(FindingsFilter(FilterExpression()))
    let there = Set(entries.map(\.known.finding.id))
    for name in desks.keys { desks[name]?.forget(except: there) }
    for entry in entries { note(entry.known.finding, entry.known) }
    known = version
  }

  private func note(_ finding: Finding, _ known: KnownFinding?) {
    let coverage = covered[finding.cluster] ?? .everything
    let shard = known?.shard ?? 0
    // What another agent tells of by now may be on the list a moment longer.
    guard known == nil || coverage.shards.contains(shard) else { return }
    let place = ReportPlace(
      namespace: finding.reportNamespace,
      shard: shard,
      of: coverage.count
    )
    desks[finding.cluster]?.note(finding.id, known, in: place)
  }

  /// Takes in what of that which has to settle again does not hold any more.
  private func takeEndings() async {
    for (name, desk) in desks {
      let kept = desk.keptFindings
      guard !kept.isEmpty else { continue }
      let holding = await fleet.holding(among: kept, inCluster: name)
      for id in kept.subtracting(holding) { desks[name]?.stopKeeping(id) }
    }
  }

  /// Leaves the reports of shards that others hold now, and looks at those of shards that are held anew.
  private func note(_ coverages: [String: Coverage]) {
    for (cluster, coverage) in coverages where covered[cluster] != coverage {
      covered[cluster] = coverage
      reviewed[cluster] = nil
      desks[cluster]?.leave {
        !coverage.shards.contains($0.shard) || $0.shards != coverage.count
      }
      // What is told elsewhere now is not told here as if it were over.
      known = nil
    }
  }

  // MARK: What is done

  private func work(in store: any ReportStore, _ coverage: Coverage?) async {
    guard let coverage, !coverage.shards.isEmpty else { return }
    guard let resources = await resources(in: store) else { return }
    if reviewed[store.name].map({ $0 + Self.reviewInterval <= clock.now() }) ?? true {
      guard await review(store, resources) else { return }
    }
    while !Task.isCancelled {
      // While there is much to write a shard may become another's.
      guard await coverages()[store.name] == coverage else { return }
      guard let work = desks[store.name]?.next(at: clock.now()) else { return }
      guard await perform(work, in: store, resources) else { return }
    }
  }

  /// As what reports are served; `nil`, and told, where they are not.
  private func resources(in store: any ReportStore) async -> [ObjectKind: APIResource]? {
    guard let format = desks[store.name]?.format else { return nil }
    var resources: [ObjectKind: APIResource] = [:]
    for kind in [format.kind, format.clusterKind] {
      resources[kind] = await fleet.resource(of: kind, inCluster: store.name)
    }
    guard resources.count == 2 else {
      tell("\(format.apiVersion) is not served: install its definitions", of: store)
      return nil
    }
    return resources
  }

  /// Lists which reports there are.
  private func review(
    _ store: any ReportStore,
    _ resources: [ObjectKind: APIResource]
  ) async -> Bool {
    var written: [ReportPlace: String] = [:]
    do throws(KubernetesError) {
      for resource in resources.values {
        for metadata in try await store.metadata(of: resource, labels: FindingReport.ownerLabels) {
          let digest = metadata[path: "annotations", FindingReport.digestAnnotation]?.stringValue
          guard
            let place = ReportPlace(metadata, of: covered[store.name]?.count ?? 1),
            isOurs(place, in: store)
          else { continue }
          written[place] = digest ?? ""
        }
      }
    } catch {
      tell("reports cannot be listed: \(error)", of: store)
      return false
    }
    let suspects = await fleet.suspects(inCluster: store.name)
    desks[store.name]?.note(written: written, suspects: suspects)
    reviewed[store.name] = clock.now()
    return true
  }

  /// Whether a report is this agent's to keep, or to delete where nobody writes reports of its name any more.
  private func isOurs(_ place: ReportPlace, in store: any ReportStore) -> Bool {
    guard let coverage = covered[store.name] else { return false }
    let isWritten = place.shards == 1 ? coverage.count == 1 : place.shard < coverage.count
    return coverage.shards.contains(isWritten ? place.shard : 0)
  }

  /// Does what is next; answers whether there may be more.
  private func perform(
    _ work: ReportDesk.Work,
    in store: any ReportStore,
    _ resources: [ObjectKind: APIResource]
  ) async -> Bool {
    do throws(KubernetesError) {
      switch work {
      case .wait: return false
      case .apply(let report, let place):
        guard let resource = resources[report.key.kind] else { return false }
        if try await read(place, report.key, of: resource, in: store) { return true }
        let change = ChangeRequest.apply(
          report.object,
          of: resource,
          as: report.key,
          fieldManager: Self.fieldManager
        )
        _ = try await store.send(change)
      case .delete(let key, let place):
        guard let resource = resources[key.kind] else { return false }
        if try await read(place, key, of: resource, in: store) { return true }
        try await delete(key, of: resource, in: store)
      }
      written += 1
      desks[store.name]?.noteDone(work, at: clock.now())
      tell(nil, of: store)
      return true
    } catch {
      failed += 1
      tell("a report cannot be written: \(error)", of: store)
      desks[store.name]?.noteFailed(work, at: clock.now(), atLeast: error.retryAfter)
      // What one namespace refuses another may take.
      switch error {
      case .forbidden, .notFound, .invalid: return true
      default: return false
      }
    }
  }

  /// Reads a report from before that is to be changed, where something of it may have to be kept; then it is
  /// made anew.
  private func read(
    _ place: ReportPlace,
    _ key: ObjectKey,
    of resource: APIResource,
    in store: any ReportStore
  ) async throws(KubernetesError) -> Bool {
    guard desks[store.name]?.isUnread(place) == true else { return false }
    let report = try await store.listed(key, of: resource)
    desks[store.name]?.keep(report, of: place)
    return true
  }

  private func delete(
    _ key: ObjectKey,
    of resource: APIResource,
    in store: any ReportStore
  ) async throws(KubernetesError) {
    do throws(KubernetesError) {
      _ = try await store.send(.delete(key, of: resource, DeleteOptions()))
    } catch .notFound {
      // Somebody was faster, or its namespace has gone.
    }
  }

  /// Logs what is wrong once, and that it is over.
  private func tell(_ trouble: String?, of store: any ReportStore) {
    let old = troubles[store.name]
    guard trouble != old else { return }
    troubles[store.name] = trouble
    guard let trouble else {
      logger.info("reports are written again", metadata: ["cluster": "\(store.name)"])
      return
    }
    logger.warning("\(trouble)", metadata: ["cluster": "\(store.name)"])
  }
}
