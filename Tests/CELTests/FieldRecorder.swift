import Synchronization

@testable import CEL

/// An object of which it is noted when a field is read that an expression was not said to read.
final class FieldRecorder: Sendable {
  private let uses: [CELFieldUse]
  private let reads = Mutex<[String]>([])

  init(_ uses: [CELFieldUse]) {
    self.uses = uses.filter { $0.variable == "object" }
  }

  var strayReads: [String] { reads.withLock { $0 } }

  var value: CELValue { .object(Level(self, path: [], depth: 0)) }

  /// Whether the use of a field at `path` was told: it is on the way to one that was, or within a whole one.
  fileprivate func note(_ path: [CELFieldUse.Step]) {
    let isKnown = uses.contains { use in
      let shorter = zip(use.path, path).allSatisfy { $0 == $1 || $0 == .element }
      return shorter && (use.path.count >= path.count || use.extent == .whole)
    }
    if !isKnown { reads.withLock { $0.append("\(path)") } }
  }

  /// One of the objects within.
  private final class Level: CELObject {
    let recorder: FieldRecorder
    let path: [CELFieldUse.Step]
    let depth: Int

    init(_ recorder: FieldRecorder, path: [CELFieldUse.Step], depth: Int) {
      self.recorder = recorder
      self.path = path
      self.depth = depth
    }

    let fieldNames = ["a", "as", "items", "name", "spec"]

    func hasField(named name: String) -> Bool {
      recorder.note(path + [.field(name)])
      return fieldNames.contains(name)
    }

    func field(named name: String) -> CELValue? {
      let path = path + [.field(name)]
      recorder.note(path)
      switch name {
      case "name": return .string("web")
      case "items" where depth < 3:
        return .list([.object(Level(recorder, path: path + [.element], depth: depth + 1))])
      case "a", "as", "spec", "items":
        return depth < 3 ? .object(Level(recorder, path: path, depth: depth + 1)) : .int(1)
      default: return nil
      }
    }
  }
}
