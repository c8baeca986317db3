import Foundation
import TerminalKit

/// Where the files are that tests read.
enum ThemeSamples {
  private static let here = URL(filePath: #filePath).deletingLastPathComponent()

  /// The themes that come with KPatrol.
  static let shipped = ThemeFolder(
    folders: [
      here.deletingLastPathComponent().deletingLastPathComponent().appending(path: "themes").path
    ]
  )

  static func skin(_ name: String) throws -> Theme {
    try ThemeFolder(folders: []).theme(here.appending(path: "Skins/\(name).yaml").path)
  }
}
