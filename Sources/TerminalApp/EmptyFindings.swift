import Inspection
import Monitoring
import TerminalKit

/// Why a list of findings is empty, and what to do.
struct EmptyFindings {
  struct Sentence: Equatable {
    let text: String
    let style: Style

    init(_ text: String, _ role: Role) {
      self.text = text
      style = Style(role)
    }
  }

  let sentences: [Sentence]

  /// `cluster` is the only one whose findings are listed; `nil` for all.
  init(
    ofCluster cluster: String?,
    isFiltered: Bool,
    isLoaded: Bool,
    _ statuses: [ClusterStatus],
    layout: FindingsScreen.Layout = .findings
  ) {
    sentences = Self.sentences(cluster, isFiltered, isLoaded, statuses, layout)
  }

  private static func sentences(
    _ cluster: String?,
    _ isFiltered: Bool,
    _ isLoaded: Bool,
    _ statuses: [ClusterStatus],
    _ layout: FindingsScreen.Layout
  ) -> [Sentence] {
    if isFiltered {
      return [.init("No finding is let through by the filter. esc clears it.", .muted)]
    }
    let troubled = statuses.compactMap { status -> String? in
      status.connection.trouble.map { "\(status.name): \($0) Trying again; c, r tries at once." }
    }
    if !troubled.isEmpty { return troubled.map { .init($0, .error) } }
    let syncing = statuses.filter { $0.connection != .watching }
    guard !statuses.isEmpty else { return [.init("Loading…", .muted)] }
    guard isLoaded, syncing.isEmpty else {
      return syncing.map { status in
        .init(
          "\(status.name): \(status.connection.word), \(status.kindsSynced) of "
            + "\(status.kindsTotal) kinds, \(status.objectCount + status.objectsListed) objects",
          .muted
        )
      }
    }
    let listed = statuses.filter { cluster == nil || $0.name == cluster }
    let suspects = listed.reduce(0) { $0 + $1.suspectCount }
    let settling =
      suspects > 0 ? " \(suspects) conditions may become findings if they last." : ""
    let blindness = Blindness(listed)
    guard blindness.isNone else {
      let what = layout == .dangling ? "Nothing that dangles" : "Nothing inconsistent"
      return [
        .init("\(what) was seen, but not all was:", .warning),
        .init("\(blindness.summary). c tells which and why.\(settling)", .warning),
      ]
    }
    let sentence = layout == .dangling ? "Nothing dangles." : "Nothing is inconsistent."
    return [.init("✔ \(sentence)\(settling)", .success)]
  }
}
