import Inspection
import WireFormats

/// What one agent has told so far: takes in the lines of its answers, and says what they change.
///
/// A value: it knows no clock and no network. Who is told again from the start, as after the agent has begun
/// anew, keeps what was known: what comes is added at once, and only once the agent has told all that there is,
/// and has inspected its cluster, what it did not tell again is gone.
package struct AgentFeed: Sendable {
  /// Why an agent is not listened to any more.
  package enum Problem: Error, Equatable {
    /// All is to be told anew.
    case expired
    case refused(String)
  }

  private struct Cluster: Sendable {
    var known: Set<FindingID> = []
    /// What was told again; `nil` where what is known is what there is.
    var toldAgain: Set<FindingID>? = []
  }

  /// No agent has more: who tells so many wants to fill the memory.
  static let findingsLimit = 1_000_000

  /// Up to where everything is known; `nil` where all is to be told.
  package private(set) var version: String?
  /// How many lines could not be understood.
  package private(set) var unreadable = 0
  private var clusters: [String: Cluster] = [:]
  private var inspected: Set<String> = []
  private var names: Set<String>?
  private var hasToldAll = false
  private var count = 0
  private var reader = FindingReader()
  private var framer: LineFramer

  private let lineLimit: Int

  package init(lineLimit: Int = 4 << 20) {
    self.lineLimit = lineLimit
    framer = LineFramer(maximumLineBytes: lineLimit)
  }

  /// An answer begins: what was cut off of the one before is nothing.
  package mutating func beginAnswer() {
    framer = LineFramer(maximumLineBytes: lineLimit)
    guard version == nil else { return }
    hasToldAll = false
    (inspected, names) = ([], nil)
    for name in clusters.keys { clusters[name]?.toldAgain = [] }
  }

  /// What was known is too old: the next answer tells all anew.
  package mutating func forgetVersion() { version = nil }

  /// Takes in the next bytes of an answer.
  package mutating func take(_ bytes: [UInt8]) throws(Problem) -> AgentNews {
    var news = AgentNews()
    framer.append(bytes)
    while let line = framer.nextLine() { try take(line: line, &news) }
    if unreadable > 0 { news.unreadableLines = unreadable }
    guard !framer.isOverLimit else {
      throw .refused("It tells more than \(lineLimit) bytes at once.")
    }
    return news
  }

  private mutating func take(line: [UInt8], _ news: inout AgentNews) throws(Problem) {
    guard let line = try? AgentLine(line, &reader) else {
      // Whoever tells one thing that makes no sense may tell a thousand others that do.
      unreadable += 1
      return
    }
    switch line {
    case .told(let told, let version):
      // An agent says of which clusters it tells before it does.
      guard names?.contains(told.finding.cluster) == true else {
        unreadable += 1
        break
      }
      try note(told.finding.id, of: told.finding.cluster)
      news.findings[told.finding.cluster, default: [:]][told.finding.id] = .there(told)
      advance(to: version)
    case .deleted(let id, let cluster, let isMoved, let version):
      delete(id, of: cluster, isMoved: isMoved, &news)
      advance(to: version)
    case .clusters(let told):
      guard !told.isEmpty else { break }
      news.clusters = told
      names = Set(told.map(\.name))
      inspected = Set(told.filter(\.isInspected).map(\.name))
      for name in names ?? [] where clusters[name] == nil { clusters[name] = Cluster() }
      conclude(&news)
    case .bookmark(let version, let endsInitial):
      if endsInitial { hasToldAll = true }
      if hasToldAll || self.version != nil, !version.isEmpty { self.version = version }
      conclude(&news)
    case .expired: throw .expired
    case .failed(let reason): throw .refused("It ended with: \(reason)")
    case .other: break
    }
  }

  /// While all is told that there is, versions say nothing: they are not in order.
  private mutating func advance(to version: String) {
    guard self.version != nil, !version.isEmpty else { return }
    self.version = version
  }

  private mutating func note(_ id: FindingID, of cluster: String) throws(Problem) {
    if clusters[cluster]?.known.insert(id).inserted == true { count += 1 }
    guard count <= Self.findingsLimit else {
      throw .refused("It tells of more than \(Self.findingsLimit) findings.")
    }
    clusters[cluster]?.toldAgain?.insert(id)
  }

  private mutating func delete(
    _ id: FindingID,
    of cluster: String,
    isMoved: Bool,
    _ news: inout AgentNews
  ) {
    // An agent that has not seen all may be wrong about it; what it does not tell in the end is gone.
    guard clusters[cluster]?.toldAgain?.remove(id) == nil, clusters[cluster]?.toldAgain == nil
    else { return }
    forget([id], of: cluster, isMoved: isMoved, &news)
  }

  private mutating func forget(
    _ ids: some Sequence<FindingID>,
    of cluster: String,
    isMoved: Bool = false,
    _ news: inout AgentNews
  ) {
    for id in ids where clusters[cluster]?.known.remove(id) != nil {
      count -= 1
      news.findings[cluster, default: [:]][id] = .gone(isMoved: isMoved)
    }
  }

  /// Lets go of what was not told again, where that says that it is gone.
  private mutating func conclude(_ news: inout AgentNews) {
    guard hasToldAll || version != nil, let names else { return }
    for name in clusters.keys.filter({ !names.contains($0) }) {
      forget(clusters[name]?.known ?? [], of: name, &news)
      clusters[name] = nil
      news.dropped.insert(name)
    }
    for name in inspected {
      guard let told = clusters[name]?.toldAgain else { continue }
      forget(clusters[name]?.known.subtracting(told) ?? [], of: name, &news)
      clusters[name]?.toldAgain = nil
    }
    news.complete = Set(clusters.filter { $0.value.toldAgain == nil }.keys)
  }
}
