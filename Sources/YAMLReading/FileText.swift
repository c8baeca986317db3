import Glibc

/// Reads the text of a file that somebody wrote.
package enum FileText {
  /// Why a file's text cannot be had, as a part of a sentence.
  package struct Problem: Error, Equatable, Sendable {
    package let reason: String

    fileprivate init(_ reason: String) { self.reason = reason }

    fileprivate static var ofSystem: Problem { Problem(String(cString: strerror(errno))) }
  }

  /// The text of the file; `nil` where there is no such file.
  ///
  /// A larger file than `megabytes` is none that anybody wrote, and a device such as `/dev/zero`
  /// never ends.
  package static func text(of path: String, megabytes: Int) throws(Problem) -> String? {
    guard let bytes = try bytes(of: path, megabytes: megabytes) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem("it is not UTF-8")
    }
    return text
  }

  /// The bytes of the file; `nil` where there is no such file.
  package static func bytes(of path: String, megabytes: Int) throws(Problem) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .ofSystem
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .ofSystem }
      guard count > 0 else { break }
      bytes += buffer[..<count]
      guard bytes.count <= megabytes << 20 else {
        throw Problem("it is larger than \(megabytes) MiB")
      }
    }
    return bytes
  }
}
