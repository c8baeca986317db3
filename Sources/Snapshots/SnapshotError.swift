/// Why a snapshot cannot be read at all.
package enum SnapshotError: Error, Equatable, Sendable {
  case unreadable(path: String, reason: String)
  /// There are files, and no object in them.
  case empty(path: String)
}

extension SnapshotError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "Cannot read the snapshot \(path): \(reason)."
    case .empty(let path):
      "The snapshot \(path) holds no object. Files of kubectl get -o yaml or -o json are read, and "
        + "folders of them."
    }
  }
}

/// A document of a snapshot that was left out.
package struct SnapshotProblem: Error, Equatable, Sendable, CustomStringConvertible {
  package let path: String
  /// Counted from 1.
  package let line: Int
  package let reason: String

  package var description: String { "\(path):\(line): \(reason)" }
}
