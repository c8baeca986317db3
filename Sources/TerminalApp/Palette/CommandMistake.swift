import KubernetesObjects
import TerminalKit

/// Why a command cannot be understood.
enum CommandMistake: Error, Equatable {
  case unknown(_ what: String, _ name: String, nearest: String?)
  case missing(_ what: String, examples: [String])
  case tooMuch(String)
  case notNamespaced(String)
  case selector(LabelSelectorMistake)
  /// No cluster has said yet which kinds it has.
  case nothingKnown

  /// The name that was probably meant.
  var nearest: String? {
    if case .unknown(_, _, let nearest) = self { nearest } else { nil }
  }
}

extension CommandMistake: CustomStringConvertible {
  var description: String {
    switch self {
    case .unknown(let what, let name, let nearest?):
      "There is no \(what) \(name). Did you mean \(nearest)?"
    case .unknown(let what, let name, nil): "There is no \(what) \(name)."
    case .missing(let what, let examples):
      "Which \(what)?" + (examples.isEmpty ? "" : " " + examples.joined(separator: ", "))
    case .tooMuch(let word): "\(word) is one word too many."
    case .notNamespaced(let kind): "\(kind) are in no namespace."
    case .selector(let mistake): "\(mistake)."
    case .nothingKnown: "No cluster has told yet which kinds it has; c shows how they stand."
    }
  }
}
