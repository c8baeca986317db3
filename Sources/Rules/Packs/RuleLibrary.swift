import Glibc
package import KubernetesObjects
import UserConfiguration

/// The packs of files and folders, as they change.
package struct RuleLibrary: Sendable {
  /// What tells that a file has changed.
  private struct Stamp: Equatable {
    let seconds: Int
    let nanoseconds: Int
    let size: Int
    let inode: UInt

    init?(of path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
      size = status.st_size
      inode = status.st_ino
    }
  }

  /// What was named, and has to be there.
  private let paths: [String]
  /// The user's own folder, which need not be there.
  private let folder: String?
  /// The packs that `paths` may name.
  private let shipped: ShippedPacks
  private var stamps: [String: Stamp?]?
  private var files: [RulePackFile] = []
  /// The last good version of each file's pack.
  private var lastGood: [String: RulePack] = [:]

  package init(paths: [String], folder: String?, shipped: ShippedPacks = .none) {
    self.paths = paths
    self.folder = folder
    self.shipped = shipped
  }

  /// The packs in force: a file that is broken keeps its last good one.
  package var rules: RuleSet {
    var names: Set<String> = []
    // A last good version may have a name that another file has now.
    let packs =
      files.compactMap(\.pack) + files.compactMap { $0.pack == nil ? lastGood[$0.path] : nil }
    return RuleSet(packs.filter { names.insert($0.name).inserted })
  }

  /// What is wrong, a fault for each file.
  package var faults: [RuleFault] {
    files.compactMap { file in
      guard case .failure(let mistakes) = file.result else { return nil }
      return mistakes.fault(of: file.path, isKept: lastGood[file.path] != nil)
    }
  }

  /// All that is wrong.
  package var mistakes: [String] {
    files.flatMap { file in
      if case .failure(let mistakes) = file.result {
        mistakes.mistakes.map(\.description)
      } else {
        [String]()
      }
    }
  }

  /// The same once its files are read.
  package func refreshed() -> RuleLibrary {
    var library = self
    _ = library.refresh()
    return library
  }

  /// Reads the files again if any has changed, come or gone; tells whether that is so.
  package mutating func refresh() -> Bool {
    let found = RulePackFiles.paths(
      paths + (folder.flatMap { Stamp(of: $0) == nil ? nil : $0 }.map { [$0] } ?? []),
      shipped: shipped
    )
    let new = Dictionary(found.map { ($0, Stamp(of: $0)) }, uniquingKeysWith: { first, _ in first })
    guard new != stamps else { return false }
    stamps = new
    files = RulePackFiles.read(found, shipped: shipped)
    for file in files { if let pack = file.pack { lastGood[file.path] = pack } }
    for path in lastGood.keys where new[path] == nil { lastGood[path] = nil }
    return true
  }
}
