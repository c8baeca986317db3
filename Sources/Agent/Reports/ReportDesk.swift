import Inspection
import KubernetesObjects
import Monitoring
import UserConfiguration

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
    var isStale = false
    var next = Timestamp(millisecondsSince1970: 0)
    var failures = 0
  }

  let format: ReportSettings.Format
  private let settings: ReportSettings
  private var pages: [ReportPlace: Page] = [:]
  /// Where each finding is told.
  private var places: [FindingID: ReportPlace] = [:]
  /// What the cluster has, by the digests; `nil` while that is not known.
  private var written: [ReportPlace: String]?
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
    let isWanted =
      known.map { $0.finding.muting == nil && $0.finding.severity <= settings.minSeverity } ?? false
    let new = isWanted ? place : nil
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

  /// Forgets all findings but these.
  mutating func forget(except there: Set<FindingID>) {
    for id in places.keys where !there.contains(id) { note(id, nil, in: nil) }
  }

  /// Takes in which reports there are, by the digests that they carry.
  mutating func note(written: [ReportPlace: String]) {
    self.written = written
    for place in Set(pages.keys).union(written.keys) {
      pages[place, default: Page()].isStale = true
    }
  }

  /// Forgets what it knows of places that are another's now; their reports stay.
  mutating func leave(_ isLeft: (ReportPlace) -> Bool) {
    for place in pages.keys.filter(isLeft) {
      for id in pages[place]?.findings.keys ?? [:].keys { places[id] = nil }
      pages[place] = nil
      written?[place] = nil
      leftOut[place] = nil
    }
  }

  mutating func next(at now: Timestamp) -> Work {
    guard written != nil else { return .wait(until: nil) }
    while let (place, page) = pages.lazy.filter({ $0.value.isStale && $0.value.next <= now }).first
    {
      guard !page.findings.isEmpty else {
        if written?[place] != nil { return .delete(place.key(format), place) }
        pages[place] = nil
        continue
      }
      let report = FindingReport(
        Array(page.findings.values),
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
      if pages[place]?.findings.isEmpty == true { pages[place] = nil }
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
