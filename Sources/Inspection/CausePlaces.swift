import ClusterGraph
import KubernetesObjects

/// Findings in a graph that may explain each other, and where they meet there.
struct CausePlaces {
  struct Meeting: Hashable {
    /// `nil` for those that need not meet.
    let vertex: Handle?
    let way: CauseWays.Number
    /// `nil` for those that need not be alike.
    let likeness: LikenessNumber?
  }

  /// A likeness by its place among all that findings have here.
  typealias LikenessNumber = Int

  private struct Place {
    let subject: Handle
    /// Its check, by the place among those that have findings here.
    let check: Int
    let likeness: LikenessNumber?
  }

  private let graph: ClusterGraph
  private let ways: CauseWays
  private var places: [Place] = []
  private var checks: [CheckID] = []
  private var likenesses: [Likeness] = []
  /// In the order of the findings, as what follows.
  private(set) var ids: [FindingID] = []
  private(set) var offers: [[CauseOffer<Meeting>]] = []

  init(_ findings: some Sequence<Finding>, checks: [any Check], in graph: ClusterGraph) {
    self.graph = graph
    ways = CauseWays(checks)
    // Most findings are risks, which nothing explains and which explain nothing.
    var numbers: [CheckID: Int?] = [:]
    var likenessNumbers: [Likeness: LikenessNumber] = [:]
    for finding in findings {
      let number = numbers[finding.check] ?? note(finding.check)
      numbers[finding.check] = .some(number)
      guard let number, let subject = graph.handle(of: finding.subject) else { continue }
      let likeness = finding.likeness.map { likeness in
        if let known = likenessNumbers[likeness] { return known }
        likenesses.append(likeness)
        likenessNumbers[likeness] = likenesses.count - 1
        return likenesses.count - 1
      }
      let place = Place(subject: subject, check: number, likeness: likeness)
      ids.append(finding.id)
      places.append(place)
      offers.append(makeOffers(of: place))
    }
  }

  /// The number of a check; `nil` where its findings explain none and none explain them.
  private mutating func note(_ check: CheckID) -> Int? {
    guard ways.isRelevant(check) else { return nil }
    checks.append(check)
    return checks.count - 1
  }

  private func makeOffers(of place: Place) -> [CauseOffer<Meeting>] {
    var offers: [CauseOffer<Meeting>] = []
    for (explanation, number) in ways.explanations(of: checks[place.check]) {
      if explanation.isOfAlike, place.likeness == nil { continue }
      let likeness = explanation.isOfAlike ? place.likeness : nil
      func offer(at vertex: Handle?) {
        offers.append(
          CauseOffer(
            meeting: Meeting(vertex: vertex, way: number, likeness: likeness),
            distance: explanation.length,
            isRelayed: explanation.isRelayed,
            isOfAlike: explanation.isOfAlike
          )
        )
      }
      if explanation.isAnywhere {
        if isOfCluster(likeness) { offer(at: nil) }
      } else {
        walk(from: place.subject, along: explanation.up).forEach(offer)
      }
    }
    return offers
  }

  private func isOfCluster(_ likeness: LikenessNumber?) -> Bool {
    likeness.map { likenesses[$0].isOfCluster } ?? false
  }

  /// What is reached from a vertex by some steps.
  private func walk(from start: Handle, along steps: [Explanation.Step]) -> [Handle] {
    steps.reduce([start]) { vertices, step in
      guard vertices.count > 1 else { return vertices.first.map { take(step, from: $0) } ?? [] }
      return Array(Set(vertices.flatMap { take(step, from: $0) }))
    }
  }

  private func take(_ step: Explanation.Step, from vertex: Handle) -> [Handle] {
    switch step {
    case .named(let relation): graph.targetHandles(of: vertex, over: relation)
    case .naming(let relation): graph.referrerHandles(of: vertex, over: relation)
    }
  }
}

// MARK: - Meetings

extension CausePlaces {
  /// By which ways each of them may come to what explains it, those together that lead to the same.
  struct Paths {
    fileprivate typealias Path = (steps: [Explanation.Step], ways: [CauseWays.Number])
    fileprivate var byCheck: [[Path]] = []
  }

  /// The ways that lead to what is offered, or all of them.
  func paths(among offered: Set<CauseWays.Number>? = nil) -> Paths {
    let byCheck = checks.map { check in
      ways.paths(to: check).compactMap { path -> Paths.Path? in
        let ways = path.ways.filter { offered?.contains($0) ?? true }
        return ways.isEmpty ? nil : (path.down.reversed().map { .named($0) }, ways)
      }
    }
    return Paths(byCheck: byCheck)
  }

  /// Where one of them meets what may explain it.
  func meetings(of index: Int, by paths: Paths) -> [Meeting] {
    let place = places[index]
    var meetings: [Meeting] = []
    for path in paths.byCheck[place.check] {
      var reached: [Handle]?
      for number in path.ways {
        let isOfAlike = ways.isOfAlike(number)
        if isOfAlike, place.likeness == nil { continue }
        let likeness = isOfAlike ? place.likeness : nil
        guard !ways.isAnywhere(number) else {
          guard isOfCluster(likeness) else { continue }
          meetings.append(Meeting(vertex: nil, way: number, likeness: likeness))
          continue
        }
        let vertices = reached ?? walk(from: place.subject, along: path.steps)
        reached = vertices
        for vertex in vertices {
          meetings.append(Meeting(vertex: vertex, way: number, likeness: likeness))
        }
      }
    }
    return meetings
  }
}

// MARK: - Told to others

extension CausePlaces {
  /// What is to be told of each finding that explains any or may be explained, for those who lack the graph.
  func ends() -> [FindingID: CausalEnds] {
    let texts = ways.ways.map(\.text)
    let paths = paths()
    var ends: [FindingID: CausalEnds] = [:]
    for (index, id) in ids.enumerated() {
      let told = CausalEnds(
        explains: offers[index].map { offer in
          CauseOffer(
            meeting: hash(of: offer.meeting, texts),
            distance: offer.distance,
            isRelayed: offer.isRelayed,
            isOfAlike: offer.isOfAlike
          )
        }.sorted { ($0.meeting, $0.distance) < ($1.meeting, $1.distance) },
        explainedBy: meetings(of: index, by: paths).map { hash(of: $0, texts) }.sorted()
      )
      if !told.isEmpty { ends[id] = told }
    }
    return ends
  }

  private func hash(of meeting: Meeting, _ texts: [String]) -> UInt64 {
    var hash = StableHash()
    hash.add(part: meeting.vertex.flatMap(graph.id)?.description ?? "")
    hash.add(part: texts[meeting.way])
    hash.add(part: meeting.likeness.map { likenesses[$0].text } ?? "")
    return hash.value
  }
}
