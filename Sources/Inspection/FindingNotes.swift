package import KubernetesObjects

/// What a person said of a finding.
package struct FindingNote: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// It is known, and stays where it is.
    case acknowledged
    /// It is no news, until then or for ever.
    case muted(until: Timestamp?)
    /// It is acknowledged no longer.
    case unacknowledged
    case unmuted
  }

  package let finding: FindingID
  package let content: Content
  /// Who said so: `user@host`.
  package let author: String
  package let time: Timestamp
  package let reason: String

  package init(
    _ content: Content,
    _ finding: FindingID,
    author: String,
    time: Timestamp,
    reason: String
  ) {
    self.content = content
    self.finding = finding
    self.author = author
    self.time = time
    self.reason = reason
  }
}

/// What people said of findings, as far as it holds.
package struct FindingNotes: Sendable, Equatable {
  package private(set) var acknowledgements: [FindingID: FindingNote] = [:]
  private var mutes: [FindingID: FindingNote] = [:]

  package init(_ notes: some Sequence<FindingNote> = []) {
    for note in notes { add(note) }
  }

  /// Takes in what was said last.
  package mutating func add(_ note: FindingNote) {
    switch note.content {
    case .acknowledged: acknowledgements[note.finding] = note
    case .unacknowledged: acknowledgements[note.finding] = nil
    case .muted: mutes[note.finding] = note
    case .unmuted: mutes[note.finding] = nil
    }
  }

  /// How many of them hold, or are mutes that are over by now.
  package var count: Int { acknowledgements.count + mutes.count }

  package func muting(of finding: FindingID, at now: Timestamp) -> Muting? {
    guard let note = mutes[finding], case .muted(let until) = note.content,
      until.map({ now < $0 }) ?? true
    else { return nil }
    return Muting(reason: note.reason, until: until, author: note.author)
  }

  /// When the next mute that holds ends.
  package func nextEnd(after now: Timestamp) -> Timestamp? {
    mutes.values.compactMap { note in
      if case .muted(let until?) = note.content, until > now { until } else { nil }
    }.min()
  }

  /// The findings of which something else was said before.
  package func differences(from old: FindingNotes) -> Set<FindingID> {
    func changed(_ now: [FindingID: FindingNote], _ before: [FindingID: FindingNote]) -> [FindingID]
    {
      now.filter { before[$0.key] != $0.value }.map(\.key)
        + before.keys.filter { now[$0] == nil }
    }
    return Set(
      changed(acknowledgements, old.acknowledgements) + changed(mutes, old.mutes)
    )
  }
}
