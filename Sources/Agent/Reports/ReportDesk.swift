import Inspection
import KubernetesObjects
import Monitoring
import UserConfiguration
import WireFormats

/// What of one cluster's findings is written into it, and what is to be written next.
///
/// A value without a clock or a network, so that tests decide what comes when.
struct ReportDesk: Sendable {
  enum Work: Sendable, Equatable {
    case apply(FindingReport, ReportPlace)
    case delete(ObjectKey, ReportPlace)
    /// Nothing is to be done before then; `nil` where nothing is to be done at all.
    case wait(until: Timestamp?)
  }

  /// A report that changes all the time is written so often.
  static let interval = Duration.seconds(10)
  /// A report that cannot be written is tried again after so long, and after twice as long each time.
  static let firstRetry = Duration.seconds(5)
  static let longestRetry = Duration.seconds(300)

  private struct Page: Sendable {
    var findings: [FindingID: KnownFinding] = [:]
    /// Results of a report from before that tell of what has to settle again.
    var kept: [FindingID: JSONValue] = [:]
    var isStale = false
    var next = Timestamp(millisecondsSince1970: 0)
    var failures = 0
  }

  let format: ReportSettings.Format
  private let settings: ReportSettings
  private var pages: [ReportPlace: Page] = [:]
  /// Where each finding is told.
  private var places: [FindingID: ReportPlace] = [:]
  /// Where what has to settle again is told on.
  private var keptPlaces: [FindingID: ReportPlace] = [:]
  /// What the cluster has, by the digests; `nil` while that is not known.
  private var written: [ReportPlace: String]?
  /// What has to settle again where somebody else wrote a report, or this agent before it began.
  private var unread: [ReportPlace: Set<FindingID>] = [:]
  private(set) var leftOut: [ReportPlace: Int] = [:]

  init(_ format: ReportSettings.Format, _ settings: ReportSettings) {
    self.format = format
    self.settings = settings
  }

  /// How many reports the cluster has.
  var writtenCount: Int { written?.count ?? 0 }

  /// How many are not as they should be.
  var staleCount: Int { pages.values.count(where: \.isStale) }

  /// Takes in how a finding is now: `nil` where it is over; `place` is where it belongs.
  mutating func note(_ id: FindingID, _ known: KnownFinding?, in place: ReportPlace?) {
    let new = known.map { isWanted($0.finding) } == true ? place : nil
    if known != nil { stopKeeping(id) }
    if let old = places[id], old != new {
      pages[old]?.findings[id] = nil
      pages[old]?.isStale = true
      places[id] = nil
    }
    guard let new, let known else { return }
    var page = pages[new] ?? Page()
    page.isStale = page.isStale || page.findings[id] != known
    page.findings[id] = known
    pages[new] = page
    places[id] = new
  }

  private func isWanted(_ finding: Finding) -> Bool {
    finding.muting == nil && finding.severity <= settings.minSeverity
  }

  /// Forgets all findings but these.
  mutating func forget(except there: Set<FindingID>) {
    for id in places.keys where !there.contains(id) { note(id, nil, in: nil) }
  }

  /// Takes in which reports there are, by the digests that they carry, and what holds and has to settle.
  mutating func note(written: [ReportPlace: String], suspects: [Finding] = []) {
    let homes = Dictionary(grouping: suspects.filter(isWanted), by: \.reportNamespace)
    for place in written.keys where self.written?[place] == nil {
      unread[place] = homes[place.namespace].map { Set($0.map(\.id)) }
    }
    self.written = written
    for place in Set(pages.keys).union(written.keys) {
      pages[place, default: Page()].isStale = true
    }
  }

  /// Forgets what it knows of places that are another's now; their reports stay.
  mutating func leave(_ isLeft: (ReportPlace) -> Bool) {
    for place in pages.keys.filter(isLeft) {
      for id in pages[place]?.findings.keys ?? [:].keys { places[id] = nil }
      for id in pages[place]?.kept.keys ?? [:].keys { keptPlaces[id] = nil }
      unread[place] = nil
      pages[place] = nil
      written?[place] = nil
      leftOut[place] = nil
    }
  }

  mutating func next(at now: Timestamp) -> Work {
    guard written != nil else { return .wait(until: nil) }
    while let (place, page) = pages.lazy.filter({ $0.value.isStale && $0.value.next <= now }).first
    {
      guard !page.findings.isEmpty || !page.kept.isEmpty else {
        if written?[place] != nil { return .delete(place.key(format), place) }
        pages[place] = nil
        continue
      }
      let report = FindingReport(
        Array(page.findings.values),
        keeping: page.kept,
        as: place,
        format: format,
        limit: settings.maxResults
      )
      leftOut[place] = report.leftOut
      guard written?[place] == report.digest else { return .apply(report, place) }
      pages[place]?.isStale = false
    }
    return .wait(until: pages.values.lazy.filter(\.isStale).map(\.next).min())
  }

  /// Takes in that something was done.
  mutating func noteDone(_ work: Work, at now: Timestamp) {
    switch work {
    case .apply(let report, let place):
      written?[place] = report.digest
      pages[place]?.isStale = false
      pages[place]?.failures = 0
      pages[place]?.next = now + Self.interval
    case .delete(_, let place):
      written?[place] = nil
      leftOut[place] = nil
      if let page = pages[place], page.findings.isEmpty, page.kept.isEmpty { pages[place] = nil }
    case .wait: break
    }
  }

  /// Takes in that something could not be done, so that it is tried again later.
  mutating func noteFailed(_ work: Work, at now: Timestamp, atLeast wait: Duration?) {
    switch work {
    case .apply(_, let place), .delete(_, let place):
      let failures = (pages[place]?.failures ?? 0) + 1
      pages[place]?.failures = failures
      let doubled = Self.firstRetry * (1 << min(failures - 1, 10))
      pages[place]?.next = now + max(min(doubled, Self.longestRetry), wait ?? .zero)
    case .wait: break
    }
  }
}

// MARK: - What has to settle again

/// A finding from before an agent began, or had a shard, may have to settle again: it stays in the report that
/// tells of it until it is known whether it is over.
extension ReportDesk {
  /// Whether a report has to be read before it is changed.
  func isUnread(_ place: ReportPlace) -> Bool { unread[place] != nil }

  /// Takes in a report as it is before it is changed; `nil` where it is gone.
  mutating func keep(_ report: JSONValue?, of place: ReportPlace) {
    let suspects = unread.removeValue(forKey: place) ?? []
    for result in report?["results"]?.arrayValue ?? [] {
      guard let text = result[path: "properties", "finding"]?.stringValue,
        let id = FindingID(text), suspects.contains(id), places[id] == nil
      else { continue }
      pages[place, default: Page()].kept[id] = result
      keptPlaces[id] = place
    }
  }

  /// What is told on of what has to settle again.
  var keptFindings: Set<FindingID> { Set(keptPlaces.keys) }

  /// Tells no more of what has to settle again, because it is over, or told of as a finding.
  mutating func stopKeeping(_ id: FindingID) {
    guard let place = keptPlaces.removeValue(forKey: id) else { return }
    pages[place]?.kept[id] = nil
    pages[place]?.isStale = true
  }
}

extension Finding {
  /// The namespace whose report tells of it; empty for the cluster's own.
  var reportNamespace: String { subject.objectKey?.namespace ?? "" }
}
