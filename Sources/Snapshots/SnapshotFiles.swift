import CZlib
import Foundation

/// The files of a snapshot: one file, or all in a folder that may hold objects.
struct SnapshotFiles {
  /// The endings of files that are read.
  private static let endings = [".json", ".yaml", ".yml"]

  /// Their paths, in order.
  let paths: [String]

  /// Looks for the files at a path; throws where there is nothing to read.
  init(at path: String) throws(SnapshotError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .unreadable(path: path, reason: "there is no such file or folder")
    }
    guard isFolder.boolValue else {
      paths = [path]
      return
    }
    guard let names = FileManager.default.enumerator(atPath: path) else {
      throw .unreadable(path: path, reason: "the folder cannot be read")
    }
    paths = names.compactMap { $0 as? String }.filter(Self.mayHoldObjects).sorted()
      .map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    guard !paths.isEmpty else {
      throw .unreadable(path: path, reason: "no file there ends in .yaml, .yml, .json or .gz")
    }
  }

  private static func mayHoldObjects(_ name: String) -> Bool {
    let name = name.lowercased()
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    return endings.contains { plain.hasSuffix($0) }
  }

  /// A file's bytes, unpacked where it is compressed.
  static func bytes(of path: String) throws(SnapshotError) -> [UInt8] {
    guard let bytes = FileManager.default.contents(atPath: path).map(Array.init) else {
      throw .unreadable(path: path, reason: "the file cannot be read")
    }
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    guard let unpacked = Gunzip.unpacked(bytes) else {
      throw .unreadable(path: path, reason: "its compressed content is damaged")
    }
    return unpacked
  }
}

/// Reads what gzip has written.
enum Gunzip {
  private static let step = 1 << 20

  /// `nil` where the bytes are no whole gzip file.
  static func unpacked(_ packed: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard zlib_begin_reading(&stream) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var input = packed
    var output: [UInt8] = []
    let status = input.withUnsafeMutableBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      var status = Z_OK
      while status == Z_OK {
        output += [UInt8](unsafeUninitializedCapacity: step) { room, filled in
          stream.next_out = room.baseAddress
          stream.avail_out = UInt32(room.count)
          status = inflate(&stream, Z_NO_FLUSH)
          filled = room.count - Int(stream.avail_out)
        }
        // Files may hold several compressed parts, one after the other.
        if status == Z_STREAM_END, stream.avail_in > 0 { status = inflateReset(&stream) }
      }
      return status
    }
    return status == Z_STREAM_END ? output : nil
  }
}
