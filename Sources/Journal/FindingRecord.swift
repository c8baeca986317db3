import KubernetesObjects

/// All that the journal knows of a finding.
package struct FindingRecord: Sendable, Equatable {
  package let id: String
  /// Newest first, as are the others.
  package let occurrences: [Occurrence]
  package let notes: [RecordedNote]
  package let heals: [HealRecord]

  /// It in lines for terminals and screens.
  package var lines: [JournalLine] {
    var lines: [JournalLine] = []
    if let newest = occurrences.first {
      lines += [
        JournalLine("Finding \(id): \(newest.message)", .heading),
        JournalLine("\(newest.check), \(newest.severity)", label: "  Check     "),
        JournalLine("\(newest.subject)", label: "  About     "),
        JournalLine(newest.cluster, label: "  Cluster   "),
      ]
    } else {
      lines.append(JournalLine("Finding \(id)", .heading))
    }
    lines += section("When it came and went", occurrences) { occurrence in
      "\(occurrence.raised.rfc3339)  raised, \(occurrence.outcome)"
    }
    lines += section("What was said of it", notes) { note in
      let until = note.until.map { " until \($0.rfc3339)" } ?? ""
      let reason = note.reason.isEmpty ? "" : ": \(note.reason)"
      return "\(note.time.rfc3339)  \(note.content)\(until) by \(note.author)\(reason)"
    }
    lines += section("What was done about it", heals) { heal in
      "\(heal.begun.rfc3339)  heal \(heal.id) by \(heal.author): \(heal.title), "
        + heal.outcomeInWords
    }
    return lines
  }

  private func section<Value>(
    _ title: String,
    _ values: [Value],
    _ text: (Value) -> String
  ) -> [JournalLine] {
    guard !values.isEmpty else { return [] }
    return [JournalLine(""), JournalLine(title, .heading)]
      + values.map { JournalLine(text($0), label: "  ") }
  }
}

/// A line of what the journal tells.
package struct JournalLine: Sendable, Equatable {
  package enum Tone: Sendable {
    case heading
    case plain
    case good
    case bad
    case code
  }

  /// What stands before the content, which is wrapped beneath itself.
  package let label: String
  package let content: String
  package let tone: Tone

  package init(_ content: String, _ tone: Tone = .plain, label: String = "") {
    self.label = label
    self.content = content
    self.tone = tone
  }

  package var text: String { label + content }
}
