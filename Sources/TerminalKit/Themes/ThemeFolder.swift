import Foundation
import YAMLReading

/// Where theme files are found, in the order in which they win.
package struct ThemeFolder: Sendable {
  private let folders: [String]

  package init(folders: [String]) { self.folders = folders }

  /// The user's own, those beside an installed program, those of a checkout, the user's skins of k9s.
  package static func standard(
    environment: [String: String],
    executable: String
  ) -> ThemeFolder {
    let home = environment["HOME"] ?? ""
    let configuration = environment["XDG_CONFIG_HOME"] ?? "\(home)/.config"
    let folders =
      ["\(configuration)/kpatrol/themes"]
      + ShippedFolders.paths(named: "themes", executable: executable)
      + ["\(configuration)/k9s/skins"]
    return ThemeFolder(folders: folders)
  }

  /// The names of all themes, in order.
  package var names: [String] {
    let files = folders.flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
    return Set(files.compactMap(Self.name)).sorted()
  }

  /// Whether this is the path of a file, and no name of a theme.
  package static func isPath(_ name: String) -> Bool {
    name.contains("/") || self.name(of: name) != nil
  }

  /// Reads the theme of this name, or in the file of this path.
  package func theme(_ name: String) throws(ThemeError) -> Theme {
    if Self.isPath(name) {
      let path = name.hasPrefix("~/") ? NSHomeDirectory() + name.dropFirst() : name
      if let theme = try Self.read(path) { return theme }
      throw .unreadable(path: path, reason: "there is no such file")
    }
    for folder in folders {
      for ending in Self.endings {
        if let theme = try Self.read("\(folder)/\(name)\(ending)") { return theme }
      }
    }
    throw .unreadable(path: "\(name).yaml", reason: "looked in \(folders.joined(separator: ", "))")
  }

  private static let endings = [".yaml", ".yml"]

  private static func name(of file: String) -> String? {
    endings.first { file.hasSuffix($0) }.map { String(file.dropLast($0.count)) }
  }

  /// The theme of a file; `nil` where there is none.
  private static func read(_ path: String) throws(ThemeError) -> Theme? {
    let text: String?
    do {
      text = try FileText.text(of: path, megabytes: 1)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return try text.map { text throws(ThemeError) in
      try Theme(parsing: text, name: name(of: file) ?? file, path: path)
    }
  }
}
