import Foundation
import Reporting
import Rules
import UserConfiguration
import YAMLReading

extension RuleLibrary {
  /// The packs that a configuration names, and those of the user's own folder.
  init(_ settings: RuleSettings, environment: [String: String]) {
    self.init(
      paths: settings.paths,
      folder: ConfigurationFile.rulesFolder(environment),
      shipped: .ofThisProgram
    )
  }

  /// The same once its files are read; what is wrong with them is told on standard error.
  func refreshedTellingMistakes() -> RuleLibrary {
    let library = refreshed()
    for mistake in library.mistakes {
      FileHandle.standardError.write(Data("kpatrol: \(PlainText.of(mistake))\n".utf8))
    }
    return library
  }
}

extension ShippedPacks {
  /// Those that were installed with this program, or are in its checkout.
  static let ofThisProgram = ShippedPacks(
    folders: ShippedFolders.paths(
      named: "rules",
      executable: Bundle.main.executablePath ?? CommandLine.arguments[0]
    )
  )
}
