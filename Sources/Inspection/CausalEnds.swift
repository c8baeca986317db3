import KubernetesObjects

/// That a finding explains those that come to a meeting.
struct CauseOffer<Meeting: Hashable & Sendable>: Hashable, Sendable {
  let meeting: Meeting
  /// Over how many edges those that are explained are away.
  let distance: UInt16
  /// Whether it holds only while something explains the finding itself.
  let isRelayed: Bool
  /// Whether of those that offer it the first alone explains.
  let isOfAlike: Bool
}

/// Where a finding meets those that it explains, and those that explain it: what is needed to find causes among
/// findings that nobody sees all of, without the graph between them.
///
/// Several agents that share a cluster by namespaces see one part each; a Node is lost in one, and its Pods hang
/// in others. Meetings are hashes of the vertex, of the way that leads there and of what is alike; those of
/// agents of different versions may not meet.
package struct CausalEnds: Hashable, Sendable {
  typealias Meeting = UInt64

  let explains: [CauseOffer<Meeting>]
  let explainedBy: [Meeting]

  var isEmpty: Bool { explains.isEmpty && explainedBy.isEmpty }
}

// MARK: - As text

extension CausalEnds {
  private static let relayed: Character = "r"
  private static let alike: Character = "a"
  private static let distanceLimit = 1000

  /// Each what ``init(explains:explainedBy:)`` reads: 16 hexadecimal digits, `/`, the distance, and an `r` where
  /// it is relayed, an `a` where it is one of those that are alike.
  package var explainsTexts: [String] {
    explains.map { offer in
      var text = "\(StableHash.text(of: offer.meeting))/\(offer.distance)"
      if offer.isRelayed { text.append(Self.relayed) }
      if offer.isOfAlike { text.append(Self.alike) }
      return text
    }
  }

  /// Each 16 hexadecimal digits.
  package var explainedByTexts: [String] { explainedBy.map(StableHash.text(of:)) }

  /// Reads what another agent told; `nil` where that cannot be read.
  package init?(explains: [String], explainedBy: [String]) {
    let offers = explains.compactMap(Self.offer)
    let meetings = explainedBy.compactMap { StableHash.value(of: $0) }
    guard offers.count == explains.count, meetings.count == explainedBy.count else { return nil }
    self.init(explains: offers, explainedBy: meetings)
  }

  private static func offer(_ text: String) -> CauseOffer<Meeting>? {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, let meeting = StableHash.value(of: parts[0]) else { return nil }
    let digits = parts[1].prefix { $0.isASCII && $0.isNumber }
    let marks = parts[1].dropFirst(digits.count)
    guard let distance = UInt16(digits), distance <= distanceLimit,
      marks.allSatisfy({ $0 == relayed || $0 == alike })
    else { return nil }
    return CauseOffer(
      meeting: meeting,
      distance: distance,
      isRelayed: marks.contains(relayed),
      isOfAlike: marks.contains(alike)
    )
  }
}
