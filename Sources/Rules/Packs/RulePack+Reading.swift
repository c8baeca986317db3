import CEL
import Inspection
package import KubernetesObjects
package import UserConfiguration
import YAMLReading

extension RulePack {
  /// All that is wrong with a pack.
  package struct Mistakes: Error, CustomStringConvertible {
    /// In the order of their places.
    package let mistakes: [ConfigurationMistake]

    init(mistakes: [ConfigurationMistake]) { self.mistakes = mistakes }

    /// That a file as a whole cannot be used.
    init(_ reason: String, in path: String) {
      let place = FieldPlace(path: path, line: 1, column: 1, field: "")
      mistakes = [ConfigurationMistake(place: place, reason: reason)]
    }

    /// What is told of them where there is room for one.
    package func fault(of path: String, isKept: Bool) -> RuleFault {
      let first = mistakes.first?.description ?? ""
      let more = mistakes.count > 1 ? ", and \(mistakes.count - 1) more" : ""
      let kept = isKept ? "; its last good version stays in force" : ""
      return RuleFault(path, "\(first)\(more)\(kept)")
    }

    /// A line for each.
    package var description: String {
      mistakes.map(\.description).joined(separator: "\n")
    }
  }

  /// Reads a pack; `path` is what mistakes call the text.
  package init(reading text: String, path: String) throws(Mistakes) {
    let root: YAMLValue
    do throws(YAMLProblem) {
      root = try YAMLValue(parsing: text, path: path)
    } catch {
      throw Mistakes(mistakes: [ConfigurationMistake(error)])
    }
    var reader = RulePackReader(root)
    var compiler = RuleCompiler(pack: reader.name, parameters: reader.parameters)
    let rules = reader.rules.compactMap { compiler.compile($0, &reader) }
    let references = reader.references.map { compiler.compile($0, &reader) }
    guard reader.mistakes.isEmpty else {
      throw Mistakes(
        mistakes: reader.mistakes.sorted {
          ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column)
        }
      )
    }
    self.init(
      name: reader.name,
      path: path,
      text: text,
      rules: rules,
      references: references,
      extensions: compiler.extensions,
      tests: reader.tests
    )
  }
}
