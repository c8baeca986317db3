import Foundation
import Glibc
import YAMLReading

/// The tokens of an `auth-provider` where they stand in a kubeconfig.
///
/// A provider may accept a refresh token once only: who keeps the next one to oneself breaks the
/// login of kubectl and of everything else that reads the file. So it is written back as client-go
/// does, and nothing but the tokens is touched.
struct PersistedTokens: Sendable {
  /// How often it is tried to lock the file, and how long to wait between.
  private static let attempts = 20
  private static let pause = Duration.milliseconds(50)

  /// The kubeconfig, and the way to the provider's `config` in it.
  private let path: String
  private let field: String

  init(_ config: YAMLFields) {
    path = config.path
    field = config.place.field
  }

  /// Writes new values of fields in place of old ones; tells whether that was possible.
  ///
  /// Where somebody else has changed a field meanwhile, theirs stays.
  func replace(_ changes: [(field: String, old: String, new: String)]) async -> Bool {
    // What is written must be the file itself, not a link to it.
    guard let target = realpath(path, nil) else { return false }
    let file = String(cString: target)
    free(target)
    guard await lock(file) else { return false }
    defer { unlink(Self.lockPath(file)) }
    guard let text = try? String(contentsOfFile: file, encoding: .utf8),
      let changed = replacing(changes, in: text)
    else { return false }
    return write(changed, to: file)
  }

  /// Takes the lock that client-go takes, too.
  private func lock(_ file: String) async -> Bool {
    for attempt in 1...Self.attempts {
      let lock = open(Self.lockPath(file), O_CREAT | O_EXCL | O_WRONLY, 0)
      if lock >= 0 {
        close(lock)
        return true
      }
      guard errno == EEXIST, attempt < Self.attempts,
        (try? await Task.sleep(for: Self.pause)) != nil
      else { return false }
    }
    return false
  }

  private static func lockPath(_ file: String) -> String { file + ".lock" }

  private func write(_ text: String, to file: String) -> Bool {
    let manager = FileManager.default
    let new = "\(file).\(UUID().uuidString)"
    guard
      let mode = try? manager.attributesOfItem(atPath: file)[.posixPermissions],
      manager.createFile(
        atPath: new,
        contents: Data(text.utf8),
        attributes: [.posixPermissions: mode]
      )
    else { return false }
    guard rename(new, file) == 0 else {
      unlink(new)
      return false
    }
    return true
  }
}

// MARK: - The text

extension PersistedTokens {
  /// The file's text with the changes; `nil` where one of them cannot be made.
  private func replacing(
    _ changes: [(field: String, old: String, new: String)],
    in text: String
  ) -> String? {
    changes.reduce(text) { text, change in
      text.flatMap { replacing(change.field, change.old, with: change.new, in: $0) }
    }
  }

  private func replacing(
    _ name: String,
    _ old: String,
    with new: String,
    in text: String
  ) -> String? {
    guard let value = config(in: text)?.value(name), value.scalar == old else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.indices.contains(value.place.line - 1) else { return nil }
    let line = lines[value.place.line - 1]
    let before = line.prefix(value.place.column - 1)
    let rest = line.dropFirst(value.place.column - 1)
    // A token that is written in another way than as one plain or quoted word is left alone.
    guard let written = [old, "'\(old)'", "\"\(old)\""].first(where: rest.hasPrefix) else {
      return nil
    }
    let quoted = "'" + new.replacing("'", with: "''") + "'"
    lines[value.place.line - 1] = before + quoted + rest.dropFirst(written.count)
    let changed = lines.joined(separator: "\n")
    return config(in: changed)?.value(name)?.scalar == new ? changed : nil
  }

  /// The provider's `config`, wherever it stands by now.
  private func config(in text: String) -> YAMLFields? {
    guard let file = try? YAMLFields(parsing: text, path: path),
      let users = try? file.maps("users")
    else { return nil }
    let configs = users.compactMap { user in
      try? user.map("user")?.map("auth-provider")?.map("config")
    }
    return configs.first { $0.place.field == field }
  }
}
