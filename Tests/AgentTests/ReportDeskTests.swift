import Inspection
import KubernetesObjects
import Monitoring
import Testing
import UserConfiguration
import WireFormats

@testable import Agent

/// What is written of findings into a cluster, and when.
@Suite struct ReportDeskTests {
  private static let shop = ReportPlace(namespace: "shop")
  private static let start = Timestamp(millisecondsSince1970: 0)

  private func desk(
    _ format: ReportSettings.Format = .openreports,
    maxResults: Int = 1_000,
    minSeverity: Severity = .info,
    written: [ReportPlace: String]? = [:]
  ) -> ReportDesk {
    var settings = ReportSettings()
    (settings.format, settings.maxResults) = (format, maxResults)
    settings.minSeverity = minSeverity
    var desk = ReportDesk(format, settings)
    if let written { desk.note(written: written) }
    return desk
  }

  private func note(_ known: KnownFinding, in desk: inout ReportDesk) {
    desk.note(known.finding.id, known, in: Self.shop)
  }

  private func report(_ work: ReportDesk.Work) throws -> FindingReport {
    guard case .apply(let report, _) = work else {
      Issue.record("nothing is to be written: \(work)")
      throw CancellationError()
    }
    return report
  }

  @Test func aFindingIsAResultAsTheAPIHasIt() throws {
    var desk = desk()
    note(.sample(1, severity: .critical, team: "shop-team"), in: &desk)
    note(.sample(2, severity: .info), in: &desk)
    let object = try report(desk.next(at: Self.start)).object
    #expect(object["apiVersion"] == "openreports.io/v1alpha1" && object["kind"] == "Report")
    #expect(object[path: "metadata", "namespace"] == "shop")
    #expect(object[path: "metadata", "labels", "app.kubernetes.io/managed-by"] == "kpatrol")
    #expect(
      object["summary"] == ["pass": 0, "fail": 1, "warn": 1, "error": 0, "skip": 0]
    )
    let first = try #require(object["results"]?.arrayValue?.first)
    let id = KnownFinding.sample(1).finding.id.description
    #expect(
      first == [
        "source": "kpatrol", "policy": "stuck/terminating", "category": "stuck",
        "severity": "critical", "result": "fail", "message": "does not finish", "scored": true,
        "timestamp": ["seconds": 1000, "nanos": 0],
        "resources": [["kind": "Pod", "name": "pod-1", "namespace": "shop"]],
        "properties": [
          "finding": .string(id), "since": "1970-01-01T00:16:40Z", "team": "shop-team",
        ],
      ]
    )
  }

  @Test func theForerunnersKindsAreWrittenOnChoice() throws {
    var desk = desk(.wgpolicyk8s)
    note(.sample(1), in: &desk)
    let report = try report(desk.next(at: Self.start))
    #expect(report.key == ObjectKey(PolicyReport.kind, namespace: "shop", name: "kpatrol"))
    // Their schema has no source of the whole.
    #expect(report.object["source"] == nil && report.object["configuration"] == nil)
  }

  @Test func onlyWhatChangedIsWrittenAndNotTooOften() throws {
    var desk = desk()
    note(.sample(1), in: &desk)
    let first = desk.next(at: Self.start)
    desk.noteDone(first, at: Self.start)
    #expect(desk.next(at: Self.start) == .wait(until: nil))
    note(.sample(1), in: &desk)
    #expect(desk.next(at: Self.start) == .wait(until: nil))
    note(.sample(2), in: &desk)
    let later = Self.start + ReportDesk.interval
    #expect(desk.next(at: Self.start) == .wait(until: later))
    #expect(try report(desk.next(at: later)).object["results"]?.arrayValue?.count == 2)
  }

  @Test func whatSaysTheSameAlreadyIsNotWritten() throws {
    var first = desk()
    note(.sample(1), in: &first)
    let report = try report(first.next(at: Self.start))
    // As after a restart.
    var second = desk(written: nil)
    note(.sample(1), in: &second)
    #expect(second.next(at: Self.start) == .wait(until: nil))
    second.note(written: [Self.shop: report.digest])
    #expect(second.next(at: Self.start) == .wait(until: nil))
    second.note(written: [Self.shop: "another"])
    #expect(second.next(at: Self.start) == .apply(report, Self.shop))
  }

  @Test func reportsWithoutFindingsAreDeleted() {
    let gone = ReportPlace(namespace: "gone")
    var desk = desk(written: [gone: "a"])
    let work = desk.next(at: Self.start)
    let key = ObjectKey(OpenReport.kind, namespace: "gone", name: "kpatrol")
    #expect(work == .delete(key, gone))
    desk.noteDone(work, at: Self.start)
    #expect(desk.writtenCount == 0)
    note(.sample(1), in: &desk)
    desk.noteDone(desk.next(at: Self.start), at: Self.start)
    let known = KnownFinding.sample(1)
    desk.note(known.finding.id, nil, in: Self.shop)
    let later = Self.start + ReportDesk.interval
    let shop = ObjectKey(OpenReport.kind, namespace: "shop", name: "kpatrol")
    #expect(desk.next(at: later) == .delete(shop, Self.shop))
  }

  @Test func whatHasNoRoomIsCounted() throws {
    var desk = desk(maxResults: 3)
    for number in 1...10 {
      note(.sample(number, severity: number == 7 ? .critical : .warning), in: &desk)
    }
    let report = try report(desk.next(at: Self.start))
    #expect(report.leftOut == 7)
    #expect(report.object[path: "metadata", "annotations", "kpatrol.io/left-out"] == "7")
    let results = try #require(report.object["results"]?.arrayValue)
    #expect(results.count == 3 && results[0]["severity"] == "critical")
    #expect(report.object[path: "summary", "fail"] == 10)
  }

  @Test func aReportIsNeverLargerThanEtcdTakes() throws {
    var desk = desk(maxResults: 5_000)
    for number in 1...5_000 { note(.sample(number), in: &desk) }
    let report = try report(desk.next(at: Self.start))
    #expect(report.object.encoded().count < 1 << 20)
    #expect(report.leftOut > 0)
  }

  @Test func whatMattersLessIsLeftOut() {
    var desk = desk(minSeverity: .warning)
    note(.sample(1, severity: .info), in: &desk)
    #expect(desk.next(at: Self.start) == .wait(until: nil))
  }

  @Test func whatFailsIsTriedAgainLaterAndHoldsUpNothingElse() throws {
    var desk = desk()
    let other = ReportPlace(namespace: "other")
    note(.sample(1), in: &desk)
    let work = desk.next(at: Self.start)
    desk.noteFailed(work, at: Self.start, atLeast: nil)
    let known = KnownFinding.sample(2)
    desk.note(known.finding.id, known, in: other)
    guard case .apply(_, other) = desk.next(at: Self.start) else {
      Issue.record("the other report waits")
      return
    }
    let again = Self.start + ReportDesk.firstRetry
    #expect(try report(desk.next(at: again)).key.namespace != "")
    desk.noteFailed(work, at: again, atLeast: .seconds(60))
    desk.noteDone(desk.next(at: again), at: again)
    #expect(desk.next(at: again) == .wait(until: again + .seconds(60)))
  }

  @Test func agentsThatShareAClusterWriteReportsOfTheirOwn() {
    let first = ReportPlace(namespace: "shop", shard: 0, of: 3)
    let second = ReportPlace(namespace: "shop", shard: 1, of: 3)
    #expect(first.key(.openreports) != second.key(.openreports))
    #expect(Self.shop.key(.openreports).name == "kpatrol")
  }

  /// A report that an agent from before wrote of some samples.
  private func reportFromBefore(of numbers: Int...) throws -> FindingReport {
    var before = desk()
    for number in numbers { note(.sample(number), in: &before) }
    return try report(before.next(at: Self.start))
  }

  private func told(_ report: FindingReport) -> Set<String> {
    let results = report.object["results"]?.arrayValue ?? []
    return Set(
      results.compactMap { $0["resources"]?.arrayValue?.first?["name"]?.stringValue }
    )
  }

  @Test func whatHasToSettleAgainStaysInTheReportUntilItIsKnownWhetherItIsOver() throws {
    let old = try reportFromBefore(of: 1, 2, 3)
    let ids = (1...4).map { KnownFinding.sample($0).finding.id }
    var desk = desk(written: nil)
    // The fourth was none before, and of the third nothing is seen any more.
    desk.note(
      written: [Self.shop: old.digest],
      suspects: [1, 2, 4].map { KnownFinding.sample($0).finding }
    )
    #expect(desk.isUnread(Self.shop))
    desk.keep(old.object, of: Self.shop)
    #expect(!desk.isUnread(Self.shop) && desk.keptFindings == Set(ids.prefix(2)))
    let first = desk.next(at: Self.start)
    let report = try self.report(first)
    #expect(told(report) == ["pod-1", "pod-2"])
    #expect(report.object[path: "summary", "fail"] == 2 && report.leftOut == 0)
    desk.noteDone(first, at: Self.start)

    // One has settled, and is told once, as it is now; one is over.
    var later = Self.start + ReportDesk.interval
    note(.sample(1, severity: .critical), in: &desk)
    let second = desk.next(at: later)
    #expect(try told(self.report(second)) == ["pod-1", "pod-2"])
    let results = try self.report(second).object["results"]?.arrayValue ?? []
    #expect(results.map { $0["severity"] } == ["critical", "medium"])
    desk.noteDone(second, at: later)
    desk.stopKeeping(ids[1])
    later = later + ReportDesk.interval
    #expect(try told(self.report(desk.next(at: later))) == ["pod-1"])
    #expect(desk.keptFindings.isEmpty)
  }

  @Test func reportsInWhichNothingHasToSettleAgainAreNotRead() throws {
    let old = try reportFromBefore(of: 1)
    var desk = desk(minSeverity: .warning, written: nil)
    var muted = KnownFinding.sample(2).finding
    muted.muting = Muting(reason: "known", author: "ann")
    desk.note(
      written: [Self.shop: old.digest],
      suspects: [muted, KnownFinding.sample(3, severity: .info).finding]
    )
    #expect(!desk.isUnread(Self.shop))
    #expect(desk.next(at: Self.start) == .delete(Self.shop.key(.openreports), Self.shop))
  }

  @Test func whatAnotherHoldsNowIsNotKept() throws {
    let old = try reportFromBefore(of: 1)
    var desk = desk(written: nil)
    let suspects = [KnownFinding.sample(1).finding]
    desk.note(written: [Self.shop: old.digest], suspects: suspects)
    desk.keep(old.object, of: Self.shop)
    desk.leave { $0 == Self.shop }
    #expect(desk.keptFindings.isEmpty && desk.next(at: Self.start) == .wait(until: nil))
  }
}
