import Foundation

/// Where the files are that come with the program, as its themes and packs of rules.
package enum ShippedFolders {
  /// How far above a program that was just built its checkout is.
  private static let levels = 5

  /// The folders of a name: that of an installed program, then those around one that was just built.
  package static func paths(named name: String, executable: String) -> [String] {
    let folder = URL(filePath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    let installed = folder.deletingLastPathComponent().appending(path: "share/kpatrol/\(name)")
    let around = sequence(first: folder) { $0.deletingLastPathComponent() }.prefix(levels)
    return [installed.path] + around.map { $0.appending(path: name).path }
  }
}
