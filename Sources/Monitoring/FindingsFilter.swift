import ClusterGraph
import Inspection
import KubernetesObjects

/// Words that must all occur in a finding, whatever their case.
///
/// `check:risk/quota` stands for all findings of just this check.
struct FindingsFilter: Sendable, Equatable {
  private struct Word: Equatable {
    let text: String
    /// Looks for the same, where it is plain; `nil` where small and capital letters are another matter.
    let plain: TextFilter?
    /// The only check whose findings are wanted; `nil` where a word is looked for.
    let check: String?

    func occurs(in other: String) -> Bool {
      plain?.matches(other) ?? other.lowercased().contains(text)
    }
  }

  private let words: [Word]

  init(_ text: String) {
    words = text.lowercased().split(separator: " ").map { word in
      let isPlain = word.utf8.allSatisfy { $0 < 0x80 }
      return Word(
        text: String(word),
        plain: isPlain ? TextFilter(String(word)) : nil,
        check: word.hasPrefix("check:") ? String(word.dropFirst(6)) : nil
      )
    }
  }

  var isEmpty: Bool { words.isEmpty }

  func matches(_ finding: Finding) -> Bool {
    words.allSatisfy { word in
      if let check = word.check { return finding.check.description.lowercased() == check }
      return word.occurs(in: finding.message) || word.occurs(in: finding.check.description)
        || word.occurs(in: finding.cluster) || word.occurs(in: finding.severity.name)
        || word.occurs(in: finding.subject.description)
    }
  }
}
