import Foundation
import HTTP
import YAMLReading

/// Something that a kubeconfig holds itself, or names a file for.
enum FileOrData: Sendable {
  case data([UInt8])
  case file(String, namedAt: FieldPlace)

  func contents() throws(KubeconfigError) -> [UInt8] {
    switch self {
    case .data(let bytes): return bytes
    case .file(let path, let place):
      guard let data = FileManager.default.contents(atPath: path) else {
        throw .unusable(at: place, reason: "\(path) cannot be read")
      }
      return [UInt8](data)
    }
  }

  /// The file's path, where it is a file.
  var path: String? {
    if case .file(let path, _) = self { path } else { nil }
  }
}

extension FileOrData: Redacted {
  var description: String {
    switch self {
    case .data: "data"
    case .file(let path, _): path
    }
  }
}

extension YAMLFields {
  /// What `NAME-data` holds as base64, or else the file that `NAME` tells.
  func fileOrData(_ name: String) throws(KubeconfigError) -> FileOrData? {
    if let encoded = try text("\(name)-data") {
      guard let data = Data(base64Encoded: encoded, options: .ignoreUnknownCharacters) else {
        throw wrongType("\(name)-data", "base64")
      }
      return .data([UInt8](data))
    }
    return try text(name).map { .file(absolute($0), namedAt: place(of: name)) }
  }

  /// A string that says something: kubectl counts an empty one as none.
  func text(_ name: String) throws(KubeconfigError) -> String? {
    guard let text = try string(name), !text.isEmpty else { return nil }
    return text
  }

  /// A path as the file means it: relative to the folder that the file is in.
  func absolute(_ file: String) -> String {
    file.hasPrefix("/")
      ? file
      : URL(filePath: path).deletingLastPathComponent().appending(path: file).standardized.path
  }
}
