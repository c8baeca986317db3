import WireFormats
import YAMLReading

/// A manifest as it stands in the editor, beneath what KPatrol says of it.
enum ManifestText {
  /// Our own lines begin with this, and are no part of the manifest.
  private static let sign = "#| "

  private static let introduction = [
    "Change what you like, save it, and leave the editor. Nothing is sent before",
    "you have confirmed it. Leave it as it is, or empty, and nothing happens.",
  ]

  /// The object without what is never edited: who manages which fields says the server, and the status
  /// its controllers, of which an editor's changes are dropped unsaid.
  static func editable(_ object: JSONValue) -> JSONValue {
    var object = object
    object["status"] = nil
    guard var metadata = object["metadata"]?.objectValue else { return object }
    metadata["managedFields"] = nil
    object["metadata"] = .object(metadata)
    return object
  }

  static func yaml(_ object: JSONValue) -> String {
    ObjectText(object).lines.map { $0.text + "\n" }.joined()
  }

  /// What is written into the file: what there is to say, then the manifest.
  static func file(_ manifest: String, saying sentences: [String] = []) -> String {
    (sentences + introduction).map { line in
      // What a cluster says must not get out of its comment.
      sign + line.map { $0.isNewline ? " " : String($0) }.joined() + "\n"
    }.joined() + manifest
  }

  /// What the user left in the file, without what KPatrol said.
  static func manifest(of file: String) -> String {
    file.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix(sign.dropLast()) }.joined(separator: "\n")
  }

  /// What to say of a mistake to whoever opens the file again, beneath so many lines of ours that it
  /// is one of.
  static func complaint(about problem: YAMLProblem, below count: Int) -> String {
    switch problem {
    case .notYAML(_, let line, let column, let reason):
      "Line \(line + count + introduction.count), column \(column): \(reason)"
    case .wrongType: "This is no manifest: a map is expected, as apiVersion, kind and so on."
    }
  }

  /// Reads a manifest; `nil` where there is none.
  static func object(_ manifest: String) throws(YAMLProblem) -> JSONValue? {
    let lines = manifest.split(whereSeparator: \.isNewline)
    guard lines.contains(where: { !$0.drop { $0 == " " }.hasPrefix("#") }) else { return nil }
    let value = JSONValue(try YAMLValue(parsing: manifest, path: "manifest").node)
    guard value.objectValue != nil else {
      let place = FieldPlace(path: "manifest", line: 1, column: 1, field: "")
      throw .wrongType(at: place, expected: "a map")
    }
    return value
  }
}
