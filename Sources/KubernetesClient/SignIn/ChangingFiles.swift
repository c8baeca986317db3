import Foundation
import Synchronization

/// Files that somebody renews: they are read again when they look different.
final class ChangingFiles: Sendable {
  private struct Reading {
    let stamp: Stamp
    let contents: [UInt8]
  }

  /// What tells a file from its successor; a renewed file is often another one of the same size.
  private struct Stamp: Equatable {
    let modification: Date?
    let size: UInt64?
    let number: UInt64?
  }

  private let readings = Mutex<[String: Reading]>([:])

  /// The contents; those of the last time where the file cannot be read now.
  func contents(at path: String) throws(SignInError) -> [UInt8] {
    let known = readings.withLock { $0[path] }
    do {
      let stamp = try Self.stamp(of: path)
      if let known, known.stamp == stamp { return known.contents }
      let contents = [UInt8](try Data(contentsOf: URL(filePath: path)))
      readings.withLock { $0[path] = Reading(stamp: stamp, contents: contents) }
      return contents
    } catch {
      if let known { return known.contents }
      throw .unreadableFile(path: path, reason: error.localizedDescription)
    }
  }

  /// The contents as text, or another text for as long as the file could not be read.
  func text(at path: String, otherwise: String?) throws(SignInError) -> String {
    do {
      return String(decoding: try contents(at: path), as: UTF8.self)
    } catch {
      guard let otherwise else { throw error }
      return otherwise
    }
  }

  private static func stamp(of path: String) throws -> Stamp {
    // What is asked for is the file that a link leads to: Kubernetes renews the link.
    let file = URL(filePath: path).resolvingSymlinksInPath().path
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    return Stamp(
      modification: attributes[.modificationDate] as? Date,
      size: attributes[.size] as? UInt64,
      number: attributes[.systemFileNumber] as? UInt64
    )
  }
}
