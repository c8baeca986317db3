import Glibc
import NameMatching

/// The packs that come with the program: each is in force where it is named.
package struct ShippedPacks: Sendable {
  package static let none = ShippedPacks(folders: [])

  /// Where they may be, of which the first that has one counts.
  private let folders: [String]

  package init(folders: [String]) { self.folders = folders }

  /// The names of all of them, in order.
  package var names: [String] {
    let paths = folders.flatMap { access($0, R_OK) == 0 ? RulePackFiles.paths([$0]) : [] }
    let names = paths.compactMap { $0.split(separator: "/").last?.split(separator: ".").first }
    return Set(names.map(String.init)).sorted()
  }

  /// Whether this is written as the name of one, and not as the path of a file.
  static func isName(_ text: String) -> Bool { !text.contains("/") && !text.contains(".") }

  /// The file of the pack of this name, unless the text is the path of something that is there.
  func path(of text: String) -> String? {
    guard Self.isName(text), access(text, F_OK) != 0 else { return nil }
    return folders.map { "\($0)/\(text).yaml" }.first { access($0, R_OK) == 0 }
  }

  /// What to say of a name that no pack has; `nil` where it is no name.
  func hint(for text: String) -> String? {
    guard Self.isName(text) else { return nil }
    let names = names
    let help =
      text.nearest(of: names).map { "did you mean \($0)?" }
      ?? (names.isEmpty ? nil : "there are \(names.joined(separator: ", "))")
    return "no pack that comes with KPatrol has this name" + (help.map { "; \($0)" } ?? "")
  }
}
