import KubernetesObjects
import LeaderElection
import ObjectBuilders
import Testing
import WireFormats

/// What to do about one Lease, without a clock and without a server.
@Suite struct LeaderElectionTests {
  private let time = Timestamp.noon

  private func election(_ identity: String, shard: String = "") -> LeaderElection {
    LeaderElection(
      ObjectKey(Lease.kind, namespace: "kpatrol", name: "kpatrol-shard-0-of-3"),
      as: identity,
      shard: shard
    )
  }

  /// An API server that has one Lease.
  private struct Server {
    var lease: JSONValue?
    var version = 0

    mutating func answer(_ request: LeaderElection.Request) -> LeaderElection.Answer {
      switch request {
      case .get: return lease.map { .found($0) } ?? .absent
      case .create(let new): return lease == nil ? write(new) : .conflict
      case .update(let new):
        let known = new["metadata"]?["resourceVersion"]?.stringValue
        return known == String(version) ? write(new) : .conflict
      }
    }

    mutating func write(_ new: JSONValue) -> LeaderElection.Answer {
      version += 1
      var new = new
      new[path: "metadata", "resourceVersion"] = .string(String(version))
      lease = new
      return .written(new)
    }

    var record: LeaseRecord { lease.map { LeaseRecord($0) } ?? LeaseRecord() }
  }

  /// Carries out a round; returns what was asked.
  @discardableResult
  private func round(
    _ election: inout LeaderElection,
    _ server: inout Server,
    at seconds: Double,
    wanted: Bool = true,
    skew: Duration = .zero
  ) -> [String] {
    let now = Duration.seconds(seconds)
    var asked: [String] = []
    var next: LeaderElection.Request? =
      election.begin(wanted: wanted, at: now, time + now + skew)
    while let request = next {
      asked.append(String("\(request)".prefix { $0 != "(" }))
      next = election.take(server.answer(request), at: now)
    }
    return asked
  }

  @Test func whatIsNotThereIsMade() {
    var (server, election) = (Server(), election("a"))
    #expect(round(&election, &server, at: 0) == ["get", "create"])
    #expect(election.isLeading(at: .seconds(1)))
    #expect(server.record.holder == "a")
    #expect(server.record.seconds == 15)
    #expect(server.record.transitions == 0)
    #expect(server.record.acquired == "2026-11-23T12:00:00.000000Z")
  }

  @Test func aHolderRenewsWithoutLooking() {
    var (server, election) = (Server(), election("a"))
    round(&election, &server, at: 0)
    #expect(round(&election, &server, at: 2) == ["update"])
    #expect(server.record.acquired == "2026-11-23T12:00:00.000000Z")
    #expect(server.record.renewed == "2026-11-23T12:00:02.000000Z")
    #expect(server.record.transitions == 0)
  }

  @Test func othersWaitUntilItHasNotChangedForItsDuration() {
    var (server, first, second) = (Server(), election("a"), election("b"))
    round(&first, &server, at: 0)
    // Seen for the first time long after it was renewed: only from now on it is known not to change.
    #expect(round(&second, &server, at: 100) == ["get"])
    #expect(round(&second, &server, at: 114.9) == ["get"])
    #expect(!second.isLeading(at: .seconds(115)))
    #expect(round(&second, &server, at: 115) == ["get", "update"])
    #expect(second.isLeading(at: .seconds(115)))
    #expect(server.record.holder == "b")
    #expect(server.record.transitions == 1)
  }

  @Test(arguments: [-3600, 3600])
  func othersClocksSayNothing(skew: Int) {
    var (server, first, second) = (Server(), election("a"), election("b"))
    for second in stride(from: 0.0, to: 60, by: 2) {
      round(&first, &server, at: second, skew: .seconds(skew))
    }
    round(&second, &server, at: 60)
    round(&first, &server, at: 62, skew: .seconds(skew))
    #expect(round(&second, &server, at: 74) == ["get"])
    #expect(round(&second, &server, at: 88) == ["get"])
    #expect(round(&second, &server, at: 89) == ["get", "update"])
  }

  @Test func whoCannotRenewStopsBeforeOthersBegin() {
    var (server, first, second) = (Server(), election("a"), election("b"))
    round(&first, &server, at: 0)
    round(&second, &server, at: 0)
    let request = first.begin(wanted: true, at: .seconds(2), time)
    #expect(first.take(.failed, at: .seconds(9)) == nil)
    #expect("\(request)".hasPrefix("update"))
    #expect(first.isLeading(at: .seconds(9.9)))
    #expect(!first.isLeading(at: .seconds(10)))
    #expect(round(&second, &server, at: 14) == ["get"])
    #expect(round(&second, &server, at: 15) == ["get", "update"])
    // Who comes back looks first, and finds another.
    #expect(round(&first, &server, at: 16) == ["get"])
    #expect(!first.isLeading(at: .seconds(16)))
  }

  @Test func aRenewalCountsFromWhenItWasAskedFor() {
    var (server, election) = (Server(), election("a"))
    let request = election.begin(wanted: true, at: .zero, time)
    _ = election.take(server.answer(request), at: .seconds(1))
    let made = server.write(["metadata": [:], "spec": ["holderIdentity": "a"]])
    _ = election.take(made, at: .seconds(9))
    #expect(election.isLeading(at: .seconds(9.9)))
    #expect(!election.isLeading(at: .seconds(10)))
  }

  @Test func whereItIsNotAsItWasItIsLookedAtAgain() {
    var (server, election) = (Server(), election("a"))
    round(&election, &server, at: 0)
    // Somebody writes an annotation: it is ours as before.
    var lease = server.lease ?? [:]
    lease[path: "metadata", "annotations", "note"] = "x"
    _ = server.write(lease)
    #expect(round(&election, &server, at: 2) == ["update", "get", "update"])
    #expect(election.isLeading(at: .seconds(11)))
    // Somebody took it.
    lease = server.lease ?? [:]
    lease[path: "spec", "holderIdentity"] = "b"
    _ = server.write(lease)
    #expect(round(&election, &server, at: 4) == ["update", "get"])
    #expect(!election.isLeading(at: .seconds(4)))
  }

  @Test func ofTwoThatMakeItOneDoes() {
    var (server, first, second) = (Server(), election("a"), election("b"))
    let now = Duration.zero
    let looks = [
      first.begin(wanted: true, at: now, time), second.begin(wanted: true, at: now, time),
    ]
    #expect(looks == [.get, .get])
    let (one, other) = (first.take(.absent, at: now), second.take(.absent, at: now))
    guard let one, let other else {
      Issue.record("Both want to make it.")
      return
    }
    #expect(first.take(server.answer(one), at: now) == nil)
    #expect(second.take(server.answer(other), at: now) == nil)
    #expect(first.isLeading(at: now))
    #expect(!second.isLeading(at: now))
  }

  @Test func whatIsGivenBackIsFreeAtOnce() {
    var (server, first, second) = (Server(), election("a"), election("b"))
    round(&first, &server, at: 0)
    round(&second, &server, at: 1)
    let request = first.release(at: .seconds(2), time)
    #expect(!first.isLeading(at: .seconds(2)))
    if let request { _ = first.take(server.answer(request), at: .seconds(2)) }
    #expect(server.record.holder == "")
    #expect(server.record.seconds == 1)
    #expect(!first.isLeading(at: .seconds(2)))
    #expect(first.release(at: .seconds(2), time) == nil)
    #expect(round(&second, &server, at: 2) == ["get", "update"])
    #expect(server.record.transitions == 1)
  }

  @Test func whatWasRenewedWithoutOurKnowledgeIsGivenBackToo() {
    var (server, election) = (Server(), election("a"))
    round(&election, &server, at: 0)
    // The answer to this one never comes.
    _ = server.answer(election.begin(wanted: true, at: .seconds(2), time))
    var request = election.release(at: .seconds(3), time)
    while let asked = request { request = election.take(server.answer(asked), at: .seconds(3)) }
    #expect(server.record.holder == "")
    #expect(!election.isLeading(at: .seconds(3)))
  }

  @Test func whatAnotherHasByNowIsNotGivenBack() {
    var (server, first, second) = (Server(), election("a"), election("b"))
    round(&first, &server, at: 0)
    round(&second, &server, at: 0)
    round(&second, &server, at: 15)
    var request = first.release(at: .seconds(16), time)
    while let asked = request { request = first.take(server.answer(asked), at: .seconds(16)) }
    #expect(server.record.holder == "b")
  }

  @Test func whoOnlyLooksTakesNothing() {
    var (server, election) = (Server(), election("b"))
    #expect(round(&election, &server, at: 0, wanted: false) == ["get"])
    #expect(election.vacantSince == .zero)
    #expect(server.lease == nil)
  }

  @Test func aStandInLearnsForWhomItIs() {
    var (server, standIn, own) = (Server(), election("b", shard: "1"), election("a", shard: "0"))
    round(&standIn, &server, at: 0)
    round(&own, &server, at: 1)
    #expect(own.holderShard == "1")
    if let wish = own.wish(at: .seconds(1), time) {
      _ = own.take(server.answer(wish), at: .seconds(1))
    }
    #expect(own.wish(at: .seconds(2), time) == nil)
    #expect(!own.isLeading(at: .seconds(2)))
    #expect(server.record.holder == "b")
    #expect(round(&standIn, &server, at: 2) == ["update", "get", "update"])
    #expect(standIn.preferredHolder == "a")
    if let release = standIn.release(at: .seconds(3), time) {
      _ = standIn.take(server.answer(release), at: .seconds(3))
    }
    #expect(round(&own, &server, at: 4) == ["get", "update"])
    #expect(own.preferredHolder == "")
    #expect(own.holderShard == "0")
  }

  @Test func aWishIsNoSignOfTheHolder() {
    var (server, dead, own) = (Server(), election("b", shard: "1"), election("a", shard: "0"))
    round(&dead, &server, at: 0)
    round(&own, &server, at: 1)
    if let wish = own.wish(at: .seconds(10), time) {
      _ = own.take(server.answer(wish), at: .seconds(10))
    }
    #expect(round(&own, &server, at: 15.9) == ["get"])
    #expect(round(&own, &server, at: 16) == ["get", "update"])
  }

  @Test func durationsHaveToGoTogether() {
    #expect(ElectionTiming().mistake == nil)
    var timing = ElectionTiming()
    timing.lease = .seconds(10)
    #expect(timing.mistake != nil)
    timing = ElectionTiming()
    timing.retry = .seconds(9)
    #expect(timing.mistake != nil)
  }
}
