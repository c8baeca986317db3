import Foundation

/// Where theme files are found, in the order in which they win.
package struct ThemeFolder: Sendable {
  private let folders: [String]

  package init(folders: [String]) { self.folders = folders }

  /// The user's own, those beside an installed program, those of a checkout.
  package static func standard(
    environment: [String: String],
    executable: String
  ) -> ThemeFolder {
    let home = environment["HOME"] ?? ""
    let configuration = environment["XDG_CONFIG_HOME"] ?? "\(home)/.config"
    var folders = ["\(configuration)/kpatrol/themes"]
    var folder = URL(filePath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    folders.append(folder.deletingLastPathComponent().appending(path: "share/kpatrol/themes").path)
    for _ in 0..<5 {
      folders.append(folder.appending(path: "themes").path)
      folder = folder.deletingLastPathComponent()
    }
    return ThemeFolder(folders: folders)
  }

  /// The names of all themes, in order.
  package var names: [String] {
    let files = folders.flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
    return Set(files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }).sorted()
  }

  /// Reads the theme of this name.
  package func theme(_ name: String) throws(ThemeError) -> Theme {
    for folder in folders {
      let path = "\(folder)/\(name).yaml"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      do {
        return try Theme(
          parsing: String(contentsOfFile: path, encoding: .utf8),
          name: name,
          path: path
        )
      } catch let error as ThemeError {
        throw error
      } catch {
        throw .unreadable(path: path, reason: error.localizedDescription)
      }
    }
    throw .unreadable(path: "\(name).yaml", reason: "looked in \(folders.joined(separator: ", "))")
  }
}
