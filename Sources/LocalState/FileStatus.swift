import Glibc

/// What a path leads to, through links.
package struct FileStatus {
  /// Whether it is a file, and no pipe, device or folder.
  package let isPlainFile: Bool
  /// Who may do what with it, in the bits of `chmod`.
  package let permissions: UInt32

  /// Fails where there is nothing.
  package init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    isPlainFile = status.st_mode & S_IFMT == S_IFREG
    permissions = status.st_mode & 0o777
  }
}
