import ArgumentParser
import Inspection

/// A severity as it is typed; of the enum itself the help would show the numbers of its cases.
struct SeverityArgument: ExpressibleByArgument {
  static let allValueStrings = Severity.allCases.map(\.name)
  static let defaultCompletionKind = CompletionKind.list(allValueStrings)

  let value: Severity

  var defaultValueDescription: String { value.name }

  init(_ value: Severity) { self.value = value }

  init?(argument: String) {
    guard let value = Severity.allCases.first(where: { $0.name == argument }) else { return nil }
    self.value = value
  }
}
