package import Glibc

/// Files that only the user may read.
package enum PrivateFile {
  /// Writes a file whole or not at all, whoever else reads or writes it at the same time: another one is
  /// written and put in its place.
  package static func write(_ text: String, to path: String) throws(StateProblem) {
    try write(Array(text.utf8), to: path)
  }

  static func write(_ bytes: [UInt8], to path: String) throws(StateProblem) {
    try StateFolder.make(for: path)
    let draft = "\(path).\(getpid()).new"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw StateProblem(draft) }
    let isWritten = FileBytes.write(bytes, to: file) && fsync(file) == 0
    close(file)
    guard isWritten, rename(draft, path) == 0 else {
      let problem = StateProblem(path)
      unlink(draft)
      throw problem
    }
  }

  /// Writes a file where there is none yet; of several programs that do so at once, one's is there whole.
  package static func makeOnce(_ text: String, at path: String) throws(StateProblem) {
    guard access(path, F_OK) != 0 else { return }
    let draft = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max))"
    try write(text, to: draft)
    defer { unlink(draft) }
    guard link(draft, path) == 0 || errno == EEXIST else { throw StateProblem(path) }
  }

  /// Reads a file of the user's that nobody else may read, and that is no link.
  package static func read(_ path: String) throws(StateProblem) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { throw StateProblem(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw StateProblem(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StateProblem(path: path, reason: "it is no plain file")
    }
    guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
      throw StateProblem(path: path, reason: "others may read it: chmod 600, and owned by you")
    }
    var bytes = [UInt8](repeating: 0, count: largest)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
    guard count >= 0 else { throw StateProblem(path) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// More is in none of the files that are read whole here.
  private static let largest = 4096

  /// Sees to it that there is a file, that nobody else may read it, and that it is no link; answers
  /// which one it is.
  ///
  /// One that is there is not opened: to close it would give back locks that the program has on it.
  package static func make(_ path: String) throws(StateProblem) -> ino_t {
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 || errno == EEXIST else { throw StateProblem(path) }
    if file >= 0 { close(file) }
    var status = stat()
    guard lstat(path, &status) == 0 else { throw StateProblem(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StateProblem(path: path, reason: "it is no plain file")
    }
    guard status.st_mode & 0o077 == 0 || chmod(path, 0o600) == 0 else { throw StateProblem(path) }
    return status.st_ino
  }
}

enum FileBytes {
  /// Writes all of them, and tells whether that could be done.
  static func write(_ bytes: [UInt8], to file: CInt) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }
}
