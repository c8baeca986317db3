import ClusterGraph
import KubernetesObjects

/// Findings in a graph that may explain each other, and where they meet there.
struct CausePlaces {
  struct Meeting: Hashable {
    /// `nil` for those that need not meet.
    let vertex: Handle?
    let way: CauseWays.Number
    /// `nil` for those that need not be alike.
    let likeness: Likeness?
  }

  private struct Place {
    let subject: Handle
    let check: CheckID
    let likeness: Likeness?
  }

  private let graph: ClusterGraph
  private var ways: CauseWays
  private var places: [Place] = []
  private var offered: Set<CauseWays.Number> = []
  /// In the order of the findings, as what follows.
  private(set) var ids: [FindingID] = []
  private(set) var offers: [[CauseOffer<Meeting>]] = []

  init(_ findings: some Sequence<Finding>, checks: [any Check], in graph: ClusterGraph) {
    self.graph = graph
    ways = CauseWays(checks)
    for finding in findings {
      // Most findings are risks, which nothing explains and which explain nothing.
      guard ways.isRelevant(finding.check), let subject = graph.handle(of: finding.subject) else {
        continue
      }
      let place = Place(subject: subject, check: finding.check, likeness: finding.likeness)
      ids.append(finding.id)
      places.append(place)
      offers.append(makeOffers(of: place))
    }
  }

  private mutating func makeOffers(of place: Place) -> [CauseOffer<Meeting>] {
    var offers: [CauseOffer<Meeting>] = []
    for (explanation, number) in ways.explanations(of: place.check) {
      func offer(at vertex: Handle?) {
        offers.append(
          CauseOffer(
            meeting: Meeting(
              vertex: vertex,
              way: number,
              likeness: explanation.isOfAlike ? place.likeness : nil
            ),
            distance: explanation.length,
            isRelayed: explanation.isRelayed,
            isOfAlike: explanation.isOfAlike
          )
        )
      }
      if explanation.isOfAlike, place.likeness == nil { continue }
      if explanation.isAnywhere {
        if place.likeness?.isOfCluster == true { offer(at: nil) }
      } else {
        walk(from: place.subject, along: explanation.up).forEach(offer)
      }
    }
    offered.formUnion(offers.lazy.map(\.meeting.way))
    return offers
  }

  /// Where one of them meets what may explain it; only at what any of them offers, if `offeredAlone`.
  mutating func meetings(of index: Int, offeredAlone: Bool = true) -> [Meeting] {
    let place = places[index]
    var meetings: [Meeting] = []
    for path in ways.paths(to: place.check) {
      let numbers = path.ways.filter { number in
        (!offeredAlone || offered.contains(number))
          && (!ways.ways[number].isOfAlike || place.likeness != nil)
      }
      guard !numbers.isEmpty else { continue }
      var vertices: Set<Handle>?
      for number in numbers {
        let way = ways.ways[number]
        let likeness = way.isOfAlike ? place.likeness : nil
        guard !way.isAnywhere else {
          guard likeness?.isOfCluster == true else { continue }
          meetings.append(Meeting(vertex: nil, way: number, likeness: likeness))
          continue
        }
        let reached =
          vertices
          ?? walk(from: place.subject, along: path.down.reversed().map { .named($0) })
        vertices = reached
        for vertex in reached {
          meetings.append(Meeting(vertex: vertex, way: number, likeness: likeness))
        }
      }
    }
    return meetings
  }

  /// What is reached from a vertex by some steps.
  private func walk(from start: Handle, along steps: [Explanation.Step]) -> Set<Handle> {
    steps.reduce([start]) { vertices, step in
      Set(
        vertices.flatMap { vertex in
          switch step {
          case .named(let relation): graph.targetHandles(of: vertex, over: relation)
          case .naming(let relation): graph.referrerHandles(of: vertex, over: relation)
          }
        }
      )
    }
  }
}

extension CausePlaces {
  /// What is to be told of each finding that explains any or may be explained, for those who lack the graph.
  mutating func ends() -> [FindingID: CausalEnds] {
    let texts = ways.ways.map(\.text)
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
        },
        explainedBy: meetings(of: index, offeredAlone: false).map { hash(of: $0, texts) }.sorted()
      )
      if !told.isEmpty { ends[id] = told }
    }
    return ends
  }

  private func hash(of meeting: Meeting, _ texts: [String]) -> UInt64 {
    var hash = StableHash()
    hash.add(part: meeting.vertex.flatMap(graph.id)?.description ?? "")
    hash.add(part: texts[meeting.way])
    hash.add(part: meeting.likeness?.text ?? "")
    return hash.value
  }
}
