import Foundation
import LocalState
import YAMLReading

/// The file in which a state is kept.
///
/// It is written whole, and only the user may read it. Of several programs the last one wins.
package struct StateFile: Sendable {
  private let path: String

  package init(inFolder folder: String) { path = "\(folder)/state.json" }

  /// What was kept, and what is to be told of it: a broken file is set aside, and nothing is lost
  /// but habits.
  package func load() -> (state: KeptState, problem: String?) {
    do {
      guard let text = try FileText.text(of: path, megabytes: 1) else { return (KeptState(), nil) }
      return (try JSONDecoder().decode(KeptState.self, from: Data(text.utf8)), nil)
    } catch {
      let aside = "\(path).broken"
      let isAside = rename(path, aside) == 0
      let fate = isAside ? "It is kept as \(aside)." : "It is not used."
      return (KeptState(), "\(path) cannot be read. \(fate)")
    }
  }

  /// Writes a state; answers what is to be told where that cannot be.
  package func save(_ state: KeptState) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(state) else { return nil }
    do {
      try PrivateFile.write(String(decoding: data, as: UTF8.self) + "\n", to: path)
      return nil
    } catch {
      return "Not written. \(error)"
    }
  }
}
